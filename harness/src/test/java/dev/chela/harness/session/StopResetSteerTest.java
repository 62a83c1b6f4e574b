package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueMode;
import dev.chela.harness.InputEnd;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.session.kit.ScriptedTurn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopResetSteerTest {

    @Test
    void stopInterruptsAndEndsWhatWaits() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.submit(3);

            assertThat(bed.sessions.stop(SessionsBed.KEY)).isEqualTo(new Stopped(true, 2));
            assertThat(turn.awaitInterrupt()).isEqualTo(TurnOutcome.Cause.USER_STOP);
            assertThat(bed.desk.awaitEnded(2)).containsOnlyKeys(2L, 3L);
            assertThat(bed.desk.awaitFinished(1).getFirst().outcome())
                    .isEqualTo(
                            new TurnOutcome.Interrupted(
                                    TurnOutcome.Cause.USER_STOP, Optional.empty()));
        }
    }

    @Test
    void stopAlsoEndsOlderMessagesThatComeLater() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            assertThat(bed.sessions.stop(SessionsBed.KEY, 7)).isEqualTo(new Stopped(false, 0));
            bed.submit(6);
            assertThat(bed.desk.awaitEnded(1).get(6L).kind()).isEqualTo(InputEnd.Kind.STOPPED);
            bed.submit(8);
            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(8L);
        }
    }

    @Test
    void aSteerThatWasTakenBeforeTheStopBelongsToTheTurn() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.harness.ignoreInterrupts();
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.quiet();
            ScriptedTurn.Steer steer = turn.awaitSteer();
            bed.sessions.stop(SessionsBed.KEY);
            turn.take(steer.input());
            turn.end(new TurnOutcome.Interrupted(TurnOutcome.Cause.USER_STOP, Optional.empty()));

            assertThat(bed.desk.awaitFinished(1).getFirst().tickets()).containsExactly(1L, 2L);
            assertThat(bed.desk.ended()).isEmpty();
        }
    }

    @Test
    void anInterruptBeforeCodexHasTheTurnIsRepeatedOnceItHas() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.harness.startSilently();
            bed.harness.ignoreInterrupts();
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.sessions.stop(SessionsBed.KEY);
            turn.awaitInterrupt();
            turn.emit(turn.startedEvent());
            assertThat(turn.awaitInterrupt()).isEqualTo(TurnOutcome.Cause.USER_STOP);
        }
    }

    @Test
    void resetGivesANewIdForgetsTheThreadAndKeepsPreferences() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.sessions.model(SessionsBed.KEY, Optional.of("openai/gpt-5.5"));
            bed.sessions.queue(SessionsBed.KEY, QueueOverride.of(QueueMode.COLLECT));
            bed.sessions.preference(SessionsBed.KEY, "thinking", Optional.of("high"));
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            assertThat(turn.request().model()).contains("openai/gpt-5.5");
            bed.submit(2);
            String oldId = bed.sessions.view(SessionsBed.KEY).orElseThrow().sessionId();

            ResetResult result =
                    bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 2, false));
            assertThat(result.archivedId()).contains(oldId);
            assertThat(result.sessionId()).isNotEqualTo(oldId);
            assertThat(result.interrupted()).isTrue();
            assertThat(result.queuedClosed()).isEqualTo(1);
            assertThat(turn.awaitInterrupt()).isEqualTo(TurnOutcome.Cause.NEW_SESSION);
            assertThat(bed.desk.awaitEnded(1).get(2L).kind())
                    .isEqualTo(InputEnd.Kind.SESSION_RESET);

            bed.desk.awaitFinished(1);
            bed.submit(3);
            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(3L);
            assertThat(bed.harness.forgotten()).containsExactly(SessionsBed.KEY);
            SessionView view = bed.sessions.view(SessionsBed.KEY).orElseThrow();
            assertThat(view.sessionId()).isEqualTo(result.sessionId());
            assertThat(view.model()).contains("openai/gpt-5.5");
            assertThat(view.queue().mode()).isEqualTo(QueueMode.COLLECT);
            assertThat(view.queue().from().mode()).isEqualTo(QueueSettings.Place.SESSION);
            assertThat(view.preferences()).containsEntry("thinking", "high");
        }
    }

    @Test
    void aBindingIsForgottenAlsoIfTheProcessDiedRightAfterTheReset() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.harness.ignoreInterrupts();
            bed.submit(1);
            bed.harness.awaitTurn();
            bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));
            bed.restart();

            bed.harness.awaitTurn();
            bed.submit(2);
            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(2L);
            assertThat(bed.harness.forgotten()).containsExactly(SessionsBed.KEY);
        }
    }

    @Test
    void steerNowPassesWhatWaitsAndTellsWhenItWasTaken() throws Exception {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            CompletableFuture<SteerResult> result = bed.sessions.steerNow(SessionsBed.message(3));
            ScriptedTurn.Steer steer = turn.awaitSteer();
            assertThat(steer.prompt().text()).isEqualTo("m3");
            assertThat(result).isNotDone();
            turn.take(steer.input());
            assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(SteerResult.STEERED);
        }
    }

    @Test
    void steerNowWithoutARunningTurnIsAnOrdinaryPrompt() throws Exception {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            CompletableFuture<SteerResult> result = bed.sessions.steerNow(SessionsBed.message(1));
            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(1L);
            assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(SteerResult.NEXT_TURN);
        }
    }

    @Test
    void aRejectedSteerNowIsTheNextTurnInItsPlace() throws Exception {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.harness.answerSteers(SteerAnswer.NOT_STEERABLE);
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            CompletableFuture<SteerResult> result = bed.sessions.steerNow(SessionsBed.message(2));
            bed.submit(3);
            turn.awaitSteer();
            turn.answer("one");
            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(2L);
            assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(SteerResult.NEXT_TURN);
        }
    }

    @Test
    void drainBeginsNothingNewAndWaitsForWhatRuns() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            assertThat(bed.sessions.drain(Duration.ZERO)).isFalse();
            bed.sessions.interruptAll();
            assertThat(turn.awaitInterrupt()).isEqualTo(TurnOutcome.Cause.SHUTDOWN);
            assertThat(bed.sessions.drain(Duration.ofSeconds(10))).isTrue();
            assertThat(bed.harness.turns()).hasSize(1);
            bed.restart();

            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(2L);
        }
    }

    @Test
    void whatWasSaidIsMirroredOnceAndExported() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            turn.emit(turn.startedEvent());
            turn.answer("hello");
            bed.desk.awaitFinished(1);
            // Its mirror is written when the desk has the answer, a moment later.
            assertThat(bed.sessions.drain(Duration.ofSeconds(10))).isTrue();
            String id = bed.sessions.view(SessionsBed.KEY).orElseThrow().sessionId();
            bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));

            List<String> lines = bed.sessions.transcripts().export(id);
            assertThat(lines).hasSize(4);
            assertThat(lines.get(0)).contains("\"type\":\"session\"", SessionsBed.KEY.value());
            assertThat(lines.get(1))
                    .contains("\"role\":\"user\"", "\"text\":\"m1\"", "\"senderName\":\"Ann\"")
                    .contains("codex-app-server:thread:codex-");
            assertThat(lines.get(2)).contains("\"role\":\"assistant\"", "\"text\":\"hello\"");
            assertThat(lines.get(3)).contains("\"type\":\"end\"", "\"reason\":\"new\"");
            assertThat(bed.sessions.transcripts().ids(SessionsBed.KEY)).containsExactly(id);
        }
    }
}
