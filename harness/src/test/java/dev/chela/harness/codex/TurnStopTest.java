package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.testing.Wire;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who stops a turn is heeded soon, whatever Codex says to it. */
class TurnStopTest extends MachineBench {

    @Test
    void whoStopsATurnDoesNotWaitForEverUntilCodexCanBeAsked() {
        accepted();
        feed(new TurnInput.Cut());
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        assertThat(machine.wakeAt()).contains(now.plusSeconds(20));
        feed(new TurnInput.Woken());
        assertThat(all).noneMatch(TurnStep.End.class::isInstance);

        now = now.plusSeconds(20);
        feed(new TurnInput.Woken());
        assertThat(outcome())
                .isEqualTo(
                        new TurnOutcome.Interrupted(TurnOutcome.Cause.USER_STOP, Optional.empty()));
    }

    @Test
    void aStopOfAnEarlierProcessIsNoCrash() {
        feed(new TurnInput.Found(Optional.of(TURN)));
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        feed(new TurnInput.Told(new TurnFacts.Ended(Wire.turn(TURN, TurnStatus.INTERRUPTED))));
        assertThat(outcome())
                .isEqualTo(
                        new TurnOutcome.Interrupted(TurnOutcome.Cause.USER_STOP, Optional.empty()));
    }

    @Test
    void aStopInterruptsAndItsCauseIsKept() {
        accepted();
        notified(Wire.opened(TURN, Wire.answer("m1", "")));
        notified(Wire.delta(TURN, "m1", "half"));
        assertThat(feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP)))
                .containsExactly(new TurnStep.Interrupt());
        notified(Wire.completed(TURN, TurnStatus.INTERRUPTED));
        assertThat(outcome())
                .isEqualTo(
                        new TurnOutcome.Interrupted(
                                TurnOutcome.Cause.USER_STOP, Optional.of("half")));
        assertThat(events()).contains(new TurnEvent.TextRetracted("m1"));
    }

    @Test
    void aStopBeforeTheTurnIsAcceptedWaitsForItsId() {
        assertThat(feed(new TurnInput.Stop(TurnOutcome.Cause.NEW_SESSION))).isEmpty();
        assertThat(accepted()).contains(new TurnStep.Interrupt());
    }

    @Test
    void anInterruptThatNobodyHereAskedForIsExternal() {
        accepted();
        notified(Wire.completed(TURN, TurnStatus.INTERRUPTED));
        assertThat(((TurnOutcome.Interrupted) outcome()).cause())
                .isEqualTo(TurnOutcome.Cause.EXTERNAL);
    }

    @Test
    void aStopWhileCodexIsAskedTwiceNeedsNoSecondWord() {
        accepted();
        feed(new TurnInput.Cut());
        tellEarly(new TurnFacts.NeverTaken());
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        wake(Duration.ofSeconds(1));
        tellEarly(new TurnFacts.NeverTaken());
        assertThat(outcome()).isInstanceOf(TurnOutcome.Interrupted.class);
    }

    @Test
    void anInterruptWithoutAnEndIsAskedAboutTriedAgainAndThenGivenUp() {
        accepted();
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        assertThat(wake(Duration.ofSeconds(5))).hasOnlyElementsOfType(TurnStep.Ask.class);
        assertThat(tell(new TurnFacts.InProgress(Optional.empty())))
                .containsExactly(new TurnStep.Interrupt());
        wake(Duration.ofSeconds(5));
        tell(new TurnFacts.InProgress(Optional.empty()));
        assertThat(all).last().isInstanceOf(TurnStep.End.class);
        assertThat(((TurnStep.End) all.getLast()).threadIdle()).isFalse();
    }

    @Test
    void anInterruptThatCameTooEarlyIsSentAgainAsSoonAsTheTurnShowsLife() {
        accepted();
        assertThat(feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP)))
                .containsExactly(new TurnStep.Interrupt());
        assertThat(feed(new TurnInput.NotInterrupted())).isEmpty();

        assertThat(feed(new TurnInput.Notified(Wire.opened(TURN, Wire.answer("m1", "")))))
                .contains(new TurnStep.Interrupt());
        all.clear();
        notified(Wire.delta(TURN, "m1", "half"));
        assertThat(all).doesNotContain(new TurnStep.Interrupt());
    }

    @Test
    void aRefusalThatIsHeardAfterTheFirstSignOfLifeIsNotWaitedOver() {
        accepted();
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        notified(Wire.opened(TURN, Wire.answer("m1", "")));

        assertThat(feed(new TurnInput.NotInterrupted())).containsExactly(new TurnStep.Interrupt());
    }

    @Test
    void anInterruptThatIsAlwaysRefusedIsLeftToItsWatch() {
        accepted();
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        for (int at = 0; at < 20; at++) {
            feed(new TurnInput.NotInterrupted());
            notified(Wire.delta(TURN, "m1", "on and on"));
        }

        assertThat(all.stream().filter(TurnStep.Interrupt.class::isInstance)).hasSize(6);
        assertThat(wake(Duration.ofSeconds(5))).hasOnlyElementsOfType(TurnStep.Ask.class);
    }
}
