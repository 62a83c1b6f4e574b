package dev.chela.channels.delivery;

import dev.chela.channels.OutboundMessage;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.channels.inbox.Outcome;
import java.util.List;

/** What a stranger is told. */
public final class PairingReply {

    static final String PREFIX = "pairing:";

    private PairingReply() {}

    /** Tells the code and closes the stranger's row. */
    public static Intent to(InboxRow row, String code) {
        String channel = row.event().conversation().channel();
        String text =
                """
                Hello! I do not know you yet, so I did not read your message.

                Ask the owner of this bot to let you in with this command:

                ```
                chela pairing approve %s %s
                ```

                The code is valid for one hour. Write to me again once you were let in."""
                        .formatted(channel, code);
        return Intent.say(PREFIX + row.seq(), row.event().conversation(), OutboundMessage.of(text))
                .closing(Closing.of(List.of(row.seq()), Outcome.PAIRED));
    }
}
