package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueMode;
import dev.chela.harness.Beginning;
import dev.chela.harness.InputEnd;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.session.kit.RecordingDesk.Finished;
import dev.chela.harness.session.kit.ScriptedTurn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionRecoveryTest {

    @Test
    void aTurnThatHadBegunIsAskedAboutAndNotRunAgain() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn first = bed.harness.awaitTurn();
            bed.restart();

            ScriptedTurn again = bed.harness.awaitTurn();
            assertThat(again.isRecovered()).isTrue();
            assertThat(again.request().turn().key()).isEqualTo(first.request().turn().key());
            assertThat(again.request().input()).isEqualTo(first.request().input());
            assertThat(again.request().prompt().text()).isEqualTo("m1");
            again.answer("found");
            assertThat(bed.desk.awaitFinished(1).getFirst().tickets()).containsExactly(1L);
        }
    }

    @Test
    void aTurnThatTheStopCutBeforeCodexHadItIsLeftToTheNextStart() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.harness.startSilently();
            bed.submit(1);
            ScriptedTurn first = bed.harness.awaitTurn();
            assertThat(bed.sessions.drain(Duration.ZERO)).isFalse();
            bed.sessions.interruptAll();
            assertThat(first.awaitInterrupt()).isEqualTo(TurnOutcome.Cause.SHUTDOWN);
            assertThat(bed.sessions.drain(Duration.ofSeconds(10))).isTrue();
            bed.restart();

            ScriptedTurn again = bed.harness.awaitTurn();
            assertThat(again.request().turn().key()).isEqualTo(first.request().turn().key());
            again.answer("in the end");
            assertThat(bed.desk.awaitFinished(1))
                    .as("nobody is told of the stop")
                    .singleElement()
                    .extracting(Finished::tickets)
                    .isEqualTo(List.of(1L));
        }
    }

    @Test
    void whatWaitedStillWaitsInItsOrder() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.submit(1);
            bed.harness.awaitTurn();
            bed.submit(2);
            bed.submit(3);
            bed.restart();

            bed.harness.awaitTurn().answer("one");
            ScriptedTurn second = bed.harness.awaitTurn();
            assertThat(second.tickets()).containsExactly(2L);
            assertThat(second.isRecovered()).isFalse();
            second.answer("two");
            bed.harness.awaitTurn().answer("three");
            assertThat(bed.desk.awaitFinished(3))
                    .extracting(Finished::tickets)
                    .containsExactly(List.of(1L), List.of(2L), List.of(3L));
        }
    }

    @Test
    void aParkedSteerIsPartOfTheTurnIfTheRecoverySaysSo() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.quiet();
            ScriptedTurn.Steer steer = turn.awaitSteer();
            bed.restart();

            ScriptedTurn again = bed.harness.awaitTurn();
            assertThat(again.request().begun().orElseThrow().steered())
                    .containsExactly(new Beginning.Steered(steer.input(), "m2"));
            again.take(steer.input());
            again.answer("both");
            assertThat(bed.desk.awaitFinished(1).getFirst().tickets()).containsExactly(1L, 2L);
        }
    }

    @Test
    void aParkedSteerThatWasLostIsTheNextTurn() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.quiet();
            turn.awaitSteer();
            bed.restart();

            bed.harness
                    .awaitTurn()
                    .end(new TurnOutcome.Uncertain(TurnOutcome.Cause.PROCESS_EXIT, "cut"));
            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(2L);
        }
    }

    @Test
    void anOutcomeIsHandedOverUntilItWasTakenAlsoAfterARestart() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.desk.refuse(1);
            bed.submit(1);
            bed.harness.awaitTurn().answer("stored");
            bed.timers.awaitArmed(1);
            bed.restart();

            Finished finished = bed.desk.awaitFinished(1).getFirst();
            assertThat(((TurnOutcome.Completed) finished.outcome()).text()).contains("stored");
            assertThat(bed.harness.turns()).isEmpty();
        }
    }

    @Test
    void aRefusedHandOverIsRepeatedAndHoldsUpTheNextTurn() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.desk.refuse(1);
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            turn.answer("one");
            bed.timers.awaitArmed(1);
            assertThat(bed.harness.turns()).hasSize(1);
            bed.timers.advance(Duration.ofSeconds(1));

            assertThat(bed.desk.awaitFinished(1)).hasSize(1);
            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(2L);
        }
    }

    @Test
    void anEndThatWasNotToldIsToldAfterARestart() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.harness.ignoreInterrupts();
            bed.submit(1);
            bed.harness.awaitTurn();
            bed.submit(2);
            bed.desk.refuse(1);
            bed.sessions.stop(SessionsBed.KEY);
            bed.timers.awaitArmed(1);
            bed.restart();

            assertThat(bed.desk.awaitEnded(1).get(2L).kind()).isEqualTo(InputEnd.Kind.STOPPED);
        }
    }

    @Test
    void aStopThatACrashCutShortIsCarriedOut() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.harness.ignoreInterrupts();
            bed.submit(1);
            bed.harness.awaitTurn();
            bed.sessions.stop(SessionsBed.KEY);
            bed.restart();

            assertThat(bed.harness.awaitTurn().awaitInterrupt())
                    .isEqualTo(TurnOutcome.Cause.USER_STOP);
        }
    }

    @Test
    void aMessageThatIsBroughtAgainAfterItsEndChangesNothing() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            bed.harness.awaitTurn().answer("once");
            bed.desk.awaitFinished(1);
            bed.submit(1);
            bed.restart();
            bed.submit(1);

            assertThat(bed.sessions.view(SessionsBed.KEY).orElseThrow().queued()).isZero();
            assertThat(bed.harness.turns()).isEmpty();
        }
    }
}
