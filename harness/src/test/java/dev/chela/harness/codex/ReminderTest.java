package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReminderTest {

    @Test
    void anUnsentAnswerInAToolOnlyChatIsWorthOneReminder() {
        assertThat(Reminder.isDue(turn(ReplyMode.MESSAGE_TOOL), said("hello", false))).isTrue();
    }

    @Test
    void nothingIsDueWhereTheAnswerIsSeenOrThereIsNone() {
        assertThat(Reminder.isDue(turn(ReplyMode.AUTOMATIC), said("hello", false))).isFalse();
        assertThat(Reminder.isDue(turn(ReplyMode.MESSAGE_TOOL), said("hello", true))).isFalse();
        assertThat(Reminder.isDue(turn(ReplyMode.MESSAGE_TOOL), said(" no_reply ", false)))
                .isFalse();
        assertThat(Reminder.isDue(turn(ReplyMode.MESSAGE_TOOL), said("", false))).isFalse();
    }

    @Test
    void nobodyIsRemindedOfARoomThatIsOnlyWatched() {
        assertThat(Reminder.isDue(turn(ReplyMode.WATCHING), said("hm", false))).isFalse();
    }

    @Test
    void theReminderCountsOnlyIfItDelivered() {
        assertThat(Reminder.joined(said("first", false), said("second", true)))
                .isEqualTo(said("first", true));
        assertThat(
                        Reminder.joined(
                                said("first", false),
                                new TurnOutcome.Uncertain(
                                        TurnOutcome.Cause.PROCESS_EXIT, "who knows")))
                .isEqualTo(said("first", false));
    }

    private static TurnOutcome.Completed said(String text, boolean delivered) {
        return new TurnOutcome.Completed(Optional.of(text), delivered, List.of());
    }

    private static TurnContext turn(ReplyMode mode) {
        return new TurnContext(
                new TurnKey("k"),
                new SessionKey("agent:main:main"),
                new Source("t", Source.Kind.DIRECT, "telegram", "1", "Ann", true),
                mode,
                List.of(1L));
    }
}
