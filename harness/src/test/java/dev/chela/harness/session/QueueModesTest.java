package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.harness.InputEnd;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.session.kit.RecordingDesk.Finished;
import dev.chela.harness.session.kit.ScriptedTurn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QueueModesTest {

    @Test
    void aMessageOfAnIdleSessionBecomesATurnAtOnce() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            assertThat(turn.request().prompt().text()).isEqualTo("m1");
            turn.answer("hello");

            Finished finished = bed.desk.awaitFinished(1).getFirst();
            assertThat(finished.tickets()).containsExactly(1L);
            assertThat(finished.outcome())
                    .isInstanceOfSatisfying(
                            TurnOutcome.Completed.class,
                            completed -> assertThat(completed.text()).contains("hello"));
        }
    }

    @Test
    void steerGathersTextsUntilItIsQuietAndConfirmsThemByTheirItem() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.submit(3);
            bed.quiet();

            ScriptedTurn.Steer steer = turn.awaitSteer();
            assertThat(steer.prompt().text()).isEqualTo("m2\nm3");
            turn.take(steer.input());
            turn.answer("all three");
            assertThat(bed.desk.awaitFinished(1).getFirst().tickets()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void aSteerThatWasOnlyAnsweredBecomesTheNextTurnBeforeAnythingLater()
            throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.quiet();
            turn.awaitSteer();
            bed.sessions.submit(SessionsBed.message(3, QueueMode.FOLLOWUP));
            turn.answer("one");

            ScriptedTurn second = bed.harness.awaitTurn();
            assertThat(second.tickets()).containsExactly(2L);
            second.answer("two");
            ScriptedTurn third = bed.harness.awaitTurn();
            assertThat(third.tickets()).containsExactly(3L);
            third.answer("three");
            assertThat(bed.desk.awaitFinished(3))
                    .extracting(Finished::tickets)
                    .containsExactly(List.of(1L), List.of(2L), List.of(3L));
        }
    }

    @Test
    void aTurnThatCannotBeSteeredIsNotAskedAgain() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.harness.answerSteers(SteerAnswer.NOT_STEERABLE);
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.quiet();
            turn.awaitSteer();
            bed.submit(3);
            turn.answer("one");

            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(2L, 3L);
            assertThat(turn.steersWaiting()).isZero();
        }
    }

    @Test
    void legacyQueueSteersEveryMessageByItself() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.QUEUE)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.submit(3);

            ScriptedTurn.Steer first = turn.awaitSteer();
            assertThat(first.prompt().text()).isEqualTo("m2");
            turn.take(first.input());
            ScriptedTurn.Steer second = turn.awaitSteer();
            assertThat(second.prompt().text()).isEqualTo("m3");
            turn.take(second.input());
            turn.answer("done");
            assertThat(bed.desk.awaitFinished(1).getFirst().tickets()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void followupRunsOneTurnAMessage() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            LongStream.rangeClosed(1, 3).forEach(bed::submit);
            for (long ticket = 1; ticket <= 3; ticket++) {
                ScriptedTurn turn = bed.harness.awaitTurn();
                assertThat(turn.tickets()).containsExactly(ticket);
                turn.answer("ok");
            }
            assertThat(bed.desk.awaitFinished(3)).hasSize(3);
        }
    }

    @Test
    void collectJoinsWhatWaitedOnceItIsQuiet() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.COLLECT)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.timers.advance(Duration.ofMillis(400));
            bed.submit(3);
            turn.answer("one");
            bed.desk.awaitFinished(1);
            bed.timers.awaitArmed(1);
            bed.timers.advance(Duration.ofMillis(499));
            assertThat(bed.harness.turns()).hasSize(1);
            bed.timers.advance(Duration.ofMillis(1));

            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(2L, 3L);
        }
    }

    @Test
    void collectKeepsConversationsApart() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.COLLECT)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.sessions.submit(SessionsBed.message(3, SessionsBed.source("elsewhere", false)));
            turn.answer("one");
            bed.desk.awaitFinished(1);
            bed.quiet();

            ScriptedTurn here = bed.harness.awaitTurn();
            assertThat(here.tickets()).containsExactly(2L);
            here.answer("two");
            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(3L);
        }
    }

    @Test
    void interruptCutsTheTurnAndRunsOnlyTheNewest() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.INTERRUPT)) {
            bed.harness.ignoreInterrupts();
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            assertThat(turn.awaitInterrupt()).isEqualTo(TurnOutcome.Cause.NEWER_MESSAGE);
            bed.submit(3);
            turn.answer("too late");

            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(3L);
            assertThat(bed.desk.awaitEnded(1).get(2L).kind()).isEqualTo(InputEnd.Kind.SUPERSEDED);
            assertThat(bed.desk.finished().getFirst().tickets()).containsExactly(1L);
        }
    }

    @Test
    void aFullQueueKeepsTheNewestAndALineOfTheRest() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            LongStream.rangeClosed(2, 26).forEach(bed::submit);
            assertThat(bed.sessions.view(SessionsBed.KEY).orElseThrow().queued()).isEqualTo(25);
            turn.answer("one");

            ScriptedTurn second = bed.harness.awaitTurn();
            assertThat(second.tickets()).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
            assertThat(second.request().prompt().text())
                    .contains("5 earlier messages", "- m2\n- m3\n- m4\n- m5\n- m6")
                    .endsWith("\n\nm7");
            second.answer("two");
            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(8L);
        }
    }

    @Test
    void aFullQueueDropsTheOldestAndSaysSo() throws InterruptedException {
        try (SessionsBed bed = new SessionsBed()) {
            bed.queue = SessionsBed.queue(QueueMode.FOLLOWUP, 2, QueueConfig.Drop.OLD);
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            LongStream.rangeClosed(2, 4).forEach(bed::submit);

            assertThat(bed.desk.awaitEnded(1).get(2L).kind()).isEqualTo(InputEnd.Kind.DROPPED);
            turn.answer("one");
            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(3L);
        }
    }

    @Test
    void aFullQueueRefusesTheNewestAndSaysSo() throws InterruptedException {
        try (SessionsBed bed = new SessionsBed()) {
            bed.queue = SessionsBed.queue(QueueMode.FOLLOWUP, 2, QueueConfig.Drop.NEW);
            bed.submit(1);
            bed.harness.awaitTurn();
            LongStream.rangeClosed(2, 4).forEach(bed::submit);

            InputEnd end = bed.desk.awaitEnded(1).get(4L);
            assertThat(end.kind()).isEqualTo(InputEnd.Kind.QUEUE_FULL);
            assertThat(end.notice()).contains("2 messages are waiting", "/stop");
        }
    }

    @Test
    void aStrangerDoesNotJoinAnOwnersTurn() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.sessions.submit(SessionsBed.message(1, SessionsBed.source("room", true)));
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.sessions.submit(SessionsBed.message(2, SessionsBed.source("room", false)));
            turn.answer("one");

            ScriptedTurn second = bed.harness.awaitTurn();
            assertThat(second.request().turn().source().owner()).isFalse();
            assertThat(turn.steersWaiting()).isZero();
        }
    }

    @Test
    void noMoreTurnsRunAtOnceThanAllowed() throws InterruptedException {
        try (SessionsBed bed = new SessionsBed()) {
            bed.turnsMax = 1;
            bed.submit(1);
            ScriptedTurn first = bed.harness.awaitTurn();
            bed.sessions.submit(
                    new Submission(
                            2,
                            new SessionKey("agent:main:other"),
                            SessionsBed.source("other", false),
                            ReplyMode.AUTOMATIC,
                            Optional.empty()));
            assertThat(bed.harness.turns()).hasSize(1);
            first.answer("one");

            assertThat(bed.harness.awaitTurn().tickets()).containsExactly(2L);
        }
    }
}
