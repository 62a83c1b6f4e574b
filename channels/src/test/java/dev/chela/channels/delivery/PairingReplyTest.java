package dev.chela.channels.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.InboundMessage;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.channels.inbox.Outcome;
import org.junit.jupiter.api.Test;

class PairingReplyTest {

    @Test
    void aStrangerIsToldTheCommandAndTheRowIsClosedAsPaired() {
        try (Bench bench = Bench.plain()) {
            bench.channel.says(bench.ann, "ann", "hi");
            InboxRow row = bench.inbox.open().getFirst();
            bench.delivery.post(PairingReply.to(row, "ABCD2345"));

            assertThat(bench.seen().toString()).contains("chela pairing approve web ABCD2345");
            InboxRow closed = bench.inbox.row(row.seq()).orElseThrow();
            assertThat(closed.outcome()).hasValue(Outcome.PAIRED);
            assertThat(closed.event()).isInstanceOf(InboundMessage.class);
            assertThat(((InboundMessage) closed.event()).text()).isEmpty();
        }
    }
}
