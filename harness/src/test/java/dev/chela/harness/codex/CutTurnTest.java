package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.THREAD;
import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.testing.Wire;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A turn whose connection is lost: what Codex says of it afterwards decides. */
class CutTurnTest extends MachineBench {

    /** What was said between the cut and the new connection is in no notification. */
    @Test
    void anEndThatIsHeardWhileConnectingAnewWaitsForTheWholeTurn() {
        accepted();
        feed(new TurnInput.Cut());
        all.clear();
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(all).isEmpty();

        feed(new TurnInput.Told(new TurnFacts.InProgress(Optional.empty())));
        assertThat(all).singleElement().isInstanceOf(TurnStep.Ask.class);
        feed(
                new TurnInput.Told(
                        new TurnFacts.Ended(
                                Wire.turn(
                                        TURN,
                                        TurnStatus.COMPLETED,
                                        Wire.user("input-1", "hello"),
                                        Wire.answer("m1", "missed")))));
        assertThat(completed().text()).contains("missed");
        assertThat(events()).contains(new TurnEvent.InputTaken(INPUT));
    }

    @Test
    void afterACutACompletedTurnIsDelivered() {
        accepted();
        notified(Wire.opened(TURN, Wire.command("c1", "ls")));
        assertThat(feed(new TurnInput.Cut())).contains(new TurnStep.Reconnect());
        tell(new TurnFacts.Ended(Wire.turn(TURN, TurnStatus.COMPLETED, Wire.answer("m1", "done"))));
        assertThat(completed().text()).contains("done");
    }

    @Test
    void afterACutATurnStillRunningIsWaitedFor() {
        accepted();
        feed(new TurnInput.Cut());
        tell(new TurnFacts.InProgress(Optional.of(Wire.turn(TURN, TurnStatus.IN_PROGRESS))));
        notified(Wire.closed(TURN, Wire.answer("m1", "late")));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(completed().text()).contains("late");
    }

    @Test
    void afterACutAnInterruptedTurnIsUncertain() {
        accepted();
        notified(Wire.opened(TURN, Wire.command("c1", "deploy")));
        feed(new TurnInput.Cut());
        tell(
                new TurnFacts.Ended(
                        Wire.turn(TURN, TurnStatus.INTERRUPTED, Wire.user("input-1", "hello"))));
        assertThat(((TurnOutcome.Uncertain) outcome()).notice()).contains("Runs deploy");
    }

    @Test
    void afterACutAnInputNeverTakenIsRunAgain() {
        accepted();
        feed(new TurnInput.Cut());
        assertThat(tell(new TurnFacts.NeverTaken())).containsExactly(new TurnStep.Rerun());
    }

    @Test
    void whatAServerThatLivedOnDoesNotKnowOfIsRunAgainWhenItSaysSoTwice() {
        accepted();
        feed(new TurnInput.Cut());
        assertThat(tellEarly(new TurnFacts.NeverTaken())).isEmpty();
        assertThat(machine.wakeAt()).contains(now.plusSeconds(1));
        assertThat(wake(Duration.ofSeconds(1))).containsExactly(new TurnStep.Reconnect());
        assertThat(tellEarly(new TurnFacts.NeverTaken())).containsExactly(new TurnStep.Rerun());
    }

    /** Observed of a server that lives on, for some milliseconds after {@code turn/start}. */
    @ParameterizedTest
    @MethodSource
    void aTurnThatCodexDoesNotShowYetIsFollowedOnceItDoes(TurnFacts nothing) {
        accepted();
        feed(new TurnInput.Cut());
        tellEarly(nothing);
        wake(Duration.ofSeconds(1));
        tell(new TurnFacts.InProgress(Optional.of(Wire.turn(TURN, TurnStatus.IN_PROGRESS))));
        notified(Wire.closed(TURN, Wire.answer("m1", "late")));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(completed().text()).contains("late");
    }

    static Stream<TurnFacts> aTurnThatCodexDoesNotShowYetIsFollowedOnceItDoes() {
        return Stream.of(
                new TurnFacts.NeverTaken(),
                new TurnFacts.Forgotten(),
                new TurnFacts.Ended(
                        Wire.turn(TURN, TurnStatus.INTERRUPTED, Wire.user("input-1", "hello"))));
    }

    @Test
    void anInputSeenLiveIsNeverRunAgainWhateverTheHistorySays() {
        accepted();
        notified(Wire.opened(TURN, Wire.user("input-1", "hello")));
        feed(new TurnInput.Cut());
        tell(new TurnFacts.NeverTaken());
        assertThat(outcome()).isInstanceOf(TurnOutcome.Uncertain.class);
    }

    @Test
    void aSecondCutWhileAskingConnectsOnlyOnce() {
        accepted();
        feed(new TurnInput.Cut());
        assertThat(feed(new TurnInput.Cut())).isEmpty();
    }

    @Test
    void aTurnFoundAfterARestartIsAskedAboutByTheNameThatWasStored() {
        assertThat(feed(new TurnInput.Found(Optional.of(TURN))))
                .containsExactly(new TurnStep.Reconnect());
        assertThat(machine.turn()).contains(TURN);
        tell(new TurnFacts.InProgress(Optional.of(Wire.turn(TURN, TurnStatus.IN_PROGRESS))));
        assertThat(events()).first().isEqualTo(new TurnEvent.Started(THREAD, TURN));
        notified(Wire.closed(TURN, Wire.answer("m1", "late")));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(completed().text()).contains("late");
    }

    @Test
    void aTurnThatCodexForgotIsUncertainAfterACutAndRunAgainIfAllOfItWasHeard() {
        feed(new TurnInput.Found(Optional.of(TURN)));
        tell(new TurnFacts.Forgotten());
        assertThat(((TurnOutcome.Uncertain) outcome()).cause())
                .isEqualTo(TurnOutcome.Cause.PROCESS_EXIT);

        var live = new TurnMachine(THREAD, INPUT, "hello", Watches.defaults(), now);
        live.accept(new TurnInput.Accepted(TURN), now);
        live.accept(new TurnInput.Woken(), now.plusSeconds(60));
        assertThat(live.accept(new TurnInput.Told(new TurnFacts.Forgotten()), now))
                .containsExactly(new TurnStep.Rerun());
    }
}
