package dev.chela.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.channels.testing.FakeChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelsTest {

    private static final Intake NOWHERE = (events, cursor) -> {};
    private static final Duration NEVER = Duration.ofHours(1);

    private Channels channels = new Channels(NEVER);

    @AfterEach
    void close() {
        channels.close();
    }

    @Test
    void aChannelIsFoundByConversation() {
        FakeChannel web = FakeChannel.named("web");
        channels.add(web);

        assertThat(channels.of(web.direct("ann"))).hasValue(web);
        assertThat(channels.of("web", "second")).isEmpty();
        assertThatThrownBy(() -> channels.add(FakeChannel.named("web")))
                .hasMessageContaining("configured twice");
    }

    @Test
    void oneThatCannotStartSaysSoAndHoldsUpNoOther() {
        FakeChannel broken = FakeChannel.named("telegram");
        broken.failStart(1);
        channels.add(broken);
        channels.add(FakeChannel.named("web"));
        channels.start(NOWHERE);

        assertThat(channels.isListening()).isFalse();
        assertThat(channels.status())
                .extracting(status -> status.health().listening())
                .containsExactly(false, true);
        assertThat(channels.status().getFirst().health().problem().orElseThrow())
                .contains("no network", "trying again");
    }

    @Test
    void oneThatCannotStartIsStartedAgain() throws InterruptedException {
        channels = new Channels(Duration.ofMillis(1));
        FakeChannel broken = FakeChannel.named("telegram");
        broken.failStart(3);
        channels.add(broken);
        channels.start(NOWHERE);

        assertThat(broken.awaitStart(Duration.ofSeconds(20))).isTrue();
    }
}
