package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.DiagnosticsConfig;
import dev.chela.config.QueueMode;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.session.kit.ScriptedTurn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StuckWatchTest {

    private static final DiagnosticsConfig CONFIG =
            new DiagnosticsConfig(true, Duration.ofSeconds(30), Optional.empty(), false, List.of());

    @Test
    void aMessageThatItsLaneDoesNotKnowOfGetsItsTurn() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER);
                StuckWatch watch = new StuckWatch(bed.sessions, bed.timers, () -> CONFIG)) {
            storeBehindTheLanesBack(bed, 1);
            bed.timers.advance(Duration.ofSeconds(29));
            assertThat(bed.harness.turns()).isEmpty();
            bed.timers.advance(Duration.ofSeconds(31));

            ScriptedTurn turn = bed.harness.awaitTurn();
            assertThat(turn.tickets()).containsExactly(1L);
            turn.answer("late");
            bed.desk.awaitFinished(1);
        }
    }

    @Test
    void aTurnThatRunsLongIsLeftAlone() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP);
                StuckWatch watch = new StuckWatch(bed.sessions, bed.timers, () -> CONFIG)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.timers.advance(Duration.ofHours(1));

            assertThat(bed.harness.turns()).hasSize(1);
            turn.answer("one");
            ScriptedTurn second = bed.harness.awaitTurn();
            assertThat(second.tickets()).containsExactly(2L);
            second.answer("two");
            bed.desk.awaitFinished(2);
        }
    }

    @Test
    void aTurnIsStalledOnlyWhenNothingIsHeardOfIt() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP);
                StuckWatch watch = new StuckWatch(bed.sessions, bed.timers, () -> CONFIG)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.desk.awaitProgress(1);
            bed.timers.advance(Duration.ofMinutes(5));
            assertThat(kind(bed, watch)).isEqualTo(StuckWatch.Kind.STALLED);

            turn.emit(new TurnEvent.TextDelta("item-1", "still "));
            bed.desk.awaitProgress(2);
            bed.timers.advance(Duration.ofSeconds(29));
            assertThat(kind(bed, watch)).isEqualTo(StuckWatch.Kind.LONG_RUNNING);
            bed.timers.advance(Duration.ofSeconds(1));
            assertThat(kind(bed, watch)).isEqualTo(StuckWatch.Kind.STALLED);

            turn.answer("here");
            bed.desk.awaitFinished(1);
            assertThat(bed.sessions.lastHeard(SessionsBed.KEY)).isEmpty();
        }
    }

    @Test
    void aStalledTurnIsAskedAboutAndNotEnded() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP);
                StuckWatch watch =
                        new StuckWatch(
                                bed.sessions, bed.timers, () -> abort(Duration.ofMinutes(10)))) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.desk.awaitProgress(1);
            bed.timers.advance(Duration.ofMinutes(9));
            assertThat(bed.harness.asked()).isEmpty();

            bed.timers.advance(Duration.ofMinutes(1));
            assertThat(bed.harness.asked())
                    .containsExactly("session.stalled silent=600s: stuckSessionAbortMs");
            bed.timers.advance(Duration.ofMinutes(9));
            assertThat(bed.harness.asked()).hasSize(1);
            bed.timers.advance(Duration.ofMinutes(1));
            assertThat(bed.harness.asked()).hasSize(2);
            bed.timers.advance(Duration.ofMinutes(19));
            assertThat(bed.harness.asked()).hasSize(2);

            turn.emit(new TurnEvent.TextDelta("item-1", "still "));
            bed.desk.awaitProgress(2);
            bed.timers.advance(Duration.ofMinutes(9));
            assertThat(bed.harness.asked()).hasSize(2);
            bed.timers.advance(Duration.ofMinutes(1));
            assertThat(bed.harness.asked()).hasSize(3);

            turn.answer("here");
            bed.desk.awaitFinished(1);
        }
    }

    @Test
    void withoutTheKeyAStalledTurnIsLeftToItsOwnWatches() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP);
                StuckWatch watch = new StuckWatch(bed.sessions, bed.timers, () -> CONFIG)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.desk.awaitProgress(1);
            bed.timers.advance(Duration.ofHours(5));

            assertThat(bed.harness.asked()).isEmpty();
            turn.answer("here");
            bed.desk.awaitFinished(1);
        }
    }

    @Test
    void aLaneThatDoesNotGoOnIsReplacedAndNothingIsLost() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP);
                StuckWatch watch = new StuckWatch(bed.sessions, bed.timers, () -> CONFIG)) {
            bed.desk.swallow();
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            turn.answer("one");
            bed.desk.awaitSwallowed();
            bed.timers.advance(Duration.ofMinutes(4));
            assertThat(bed.desk.finished()).isEmpty();

            bed.timers.advance(Duration.ofMinutes(2));
            assertThat(bed.desk.awaitFinished(1).getFirst().tickets()).containsExactly(1L);
            ScriptedTurn second = bed.harness.awaitTurn();
            assertThat(second.tickets()).containsExactly(2L);
            second.answer("two");
            bed.desk.awaitFinished(2);
            assertThat(bed.harness.turns()).hasSize(2);
            assertThat(bed.sessions.drain(Duration.ofSeconds(10))).isTrue();
            assertThat(bed.sessions.working()).isZero();
        }
    }

    private static DiagnosticsConfig abort(Duration after) {
        return new DiagnosticsConfig(
                true, Duration.ofSeconds(30), Optional.of(after), false, List.of());
    }

    private static StuckWatch.Kind kind(SessionsBed bed, StuckWatch watch) {
        return watch.kind(
                bed.sessions.unfinished().getFirst(),
                bed.timers.instant(),
                CONFIG.stuckSessionWarn());
    }

    @Test
    void whatWaitsForAFreePlaceIsNotStuck() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.turnsMax = 0;
            try (StuckWatch watch = new StuckWatch(bed.sessions, bed.timers, () -> CONFIG)) {
                storeBehindTheLanesBack(bed, 1);
                bed.timers.advance(Duration.ofMinutes(10));
                assertThat(bed.harness.turns()).isEmpty();
            }
        }
    }

    private static void storeBehindTheLanesBack(SessionsBed bed, long ticket) {
        LaneStore store = new LaneStore(bed.database, bed.timers);
        QueuedInput input =
                QueuedInput.of(SessionsBed.message(ticket), false, bed.timers.instant());
        store.accept(
                store.require(SessionsBed.KEY),
                Overflow.none(input),
                Optional.empty(),
                Optional.empty());
    }
}
