package dev.chela.channels.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.EventId;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.Sender;
import dev.chela.config.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoopGuardTest {

    private final ManualClock clock = new ManualClock();
    private final LoopGuard guard = new LoopGuard(clock);

    @Test
    void twentyEventsInAMinuteSilenceABotForAMinute() {
        for (int i = 0; i < 20; i++) {
            assertThat(guard.hears(LoopRules.standard(), from("b1", true))).isTrue();
        }
        assertThat(guard.hears(LoopRules.standard(), from("b1", true))).isFalse();
        clock.advance(Duration.ofSeconds(59));
        assertThat(guard.hears(LoopRules.standard(), from("b1", true))).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(guard.hears(LoopRules.standard(), from("b1", true))).isTrue();
    }

    @Test
    void slowBotsOtherBotsAndPeopleAreHeard() {
        for (int i = 0; i < 60; i++) {
            assertThat(guard.hears(LoopRules.standard(), from("person", false))).isTrue();
            clock.advance(Duration.ofSeconds(4));
            assertThat(guard.hears(LoopRules.standard(), from("b1", true))).isTrue();
        }
        assertThat(guard.hears(LoopRules.standard(), from("b2", true))).isTrue();
    }

    private static InboundMessage from(String sender, boolean bot) {
        return new InboundMessage(
                new EventId("discord", "default", "e"),
                new Conversation("discord", "default", ChatKind.CHANNEL, "c", Optional.empty()),
                new Sender(sender, "Name", Optional.empty(), bot),
                Instant.EPOCH,
                "m",
                "hi",
                true,
                false,
                Optional.empty(),
                List.of());
    }
}
