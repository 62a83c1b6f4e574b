package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.HookRun;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.testing.Wire;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookWatchTest {

    private static final ThreadId THREAD = new ThreadId("t");
    private static final TurnId TURN = new TurnId("u");
    private static final Optional<TurnId> OURS = Optional.of(TURN);
    private static final TurnOutcome DONE =
            new TurnOutcome.Completed(Optional.of("done"), false, List.of());

    @Test
    void aCommandThatNobodyWasAskedAboutIsSeenOnce() {
        HookWatch watch = new HookWatch(true);

        assertThat(watch.misses(command(TURN), OURS)).isTrue();
        assertThat(watch.misses(command(TURN), OURS)).isFalse();
        assertThat(watch.hasMissed()).isTrue();
        assertThat(((TurnOutcome.Failed) watch.told(DONE)).kind())
                .isEqualTo(TurnOutcome.Failure.UNGUARDED);
    }

    @Test
    void aHookBeforeItIsEnoughAndOneOfAnotherKindIsNot() {
        HookWatch asked = new HookWatch(true);
        asked.misses(hook("preToolUse"), Optional.empty());
        assertThat(asked.misses(command(TURN), OURS)).isFalse();
        assertThat(asked.told(DONE)).isEqualTo(DONE);

        HookWatch other = new HookWatch(true);
        other.misses(hook("stop"), OURS);
        assertThat(other.misses(command(TURN), OURS)).isTrue();
    }

    @Test
    void whatIsNotHeardWholeOrNotOursOrNotGuardedIsLeftAlone() {
        HookWatch blind = new HookWatch(true);
        blind.blind();
        assertThat(blind.misses(command(TURN), OURS)).isFalse();
        HookWatch another = new HookWatch(true);
        assertThat(another.misses(command(new TurnId("v")), OURS)).isFalse();
        HookWatch free = new HookWatch(false);
        assertThat(free.misses(command(TURN), OURS)).isFalse();
    }

    private static ServerNotification hook(String event) {
        return new ServerNotification.HookStarted(
                THREAD, TURN, new HookRun("pre:0:c", event, "running", null, null, List.of()));
    }

    private static ServerNotification command(TurnId turn) {
        return new ServerNotification.ItemStarted(THREAD, turn, item());
    }

    private static ThreadItem item() {
        return Wire.command("c", "ls");
    }
}
