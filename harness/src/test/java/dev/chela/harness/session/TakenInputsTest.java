package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.binding.ContextFill;
import dev.chela.harness.binding.PastTalk;
import dev.chela.harness.session.kit.ScriptedTurn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows once Codex took an input, and not before. */
class TakenInputsTest {

    @Test
    void whatAPromptShowsOfItsSurroundingsIsShownOnceItWasTaken() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.desk.surround(7);
            bed.submit(8);
            ScriptedTurn turn = bed.harness.awaitTurn();
            turn.take(turn.request().input());

            assertThat(bed.desk.awaitTaken(1).getFirst().surroundings())
                    .containsEntry("around", 7L);
            turn.answer("seen");
            bed.desk.awaitFinished(1);
        }
    }

    @Test
    void aTurnThatNeverStartsDoesNotUseUpItsSurroundings() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.desk.surround(7);
            bed.submit(8);
            bed.harness
                    .awaitTurn()
                    .end(new TurnOutcome.Failed(TurnOutcome.Failure.SERVER_UNAVAILABLE, "down"));
            bed.desk.awaitFinished(1);
            bed.submit(9);
            ScriptedTurn second = bed.harness.awaitTurn();
            assertThat(second.request().prompt().surroundings()).containsEntry("around", 7L);
            second.take(second.request().input());
            bed.desk.awaitTaken(1);
            second.answer("seen");

            bed.desk.awaitFinished(2);
            assertThat(bed.desk.awaitTaken(1)).hasSize(1);
        }
    }

    @Test
    void aLineOfASummaryShowsNothingAroundIt() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.queue = SessionsBed.queue(QueueMode.FOLLOWUP, 1, QueueConfig.Drop.SUMMARIZE);
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.submit(3);
            bed.desk.surround(1);
            turn.answer("one");
            ScriptedTurn second = bed.harness.awaitTurn();

            assertThat(second.request().prompt().text()).contains("- m2").endsWith("m3");
            assertThat(second.request().prompt().surroundings()).containsEntry("around", 1L);
            second.answer("two");
            bed.desk.awaitFinished(2);
        }
    }

    @Test
    void whatWasSteeredIsMirroredWhenItIsTakenAndOnlyThen() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.quiet();
            ScriptedTurn.Steer steer = turn.awaitSteer();
            turn.take(steer.input());
            turn.answer("both");
            bed.desk.awaitFinished(1);
            bed.submit(3);
            bed.harness.awaitTurn().answer("last");
            bed.desk.awaitFinished(2);

            assertThat(said(bed)).startsWith("m1", "m2", "both", "m3");
        }
    }

    @Test
    void aSteerThatAnEarlierProcessGaveIsMirroredToo() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.submit(2);
            bed.quiet();
            ScriptedTurn.Steer steer = turn.awaitSteer();
            bed.restart();
            ScriptedTurn recovered = bed.harness.awaitTurn();
            recovered.take(steer.input());
            recovered.answer("both");
            bed.desk.awaitFinished(1);
            bed.submit(3);
            bed.harness.awaitTurn().answer("last");
            bed.desk.awaitFinished(2);

            assertThat(said(bed)).startsWith("m1", "m2", "both", "m3");
        }
    }

    @Test
    void whatATurnUsesIsCountedInItsSessionAndACompactionIsMarked() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            turn.emit(new TurnEvent.Counted(7_000, 100, 20, 7_020, 258_400));
            turn.emit(new TurnEvent.Compacted("item-1", true));
            turn.emit(new TurnEvent.Compacted("item-1", false));
            turn.emit(new TurnEvent.Counted(500, 0, 30, 900, 258_400));
            turn.answer("done");
            bed.desk.awaitFinished(1);

            SessionView view = bed.sessions.view(SessionsBed.KEY).orElseThrow();
            assertThat(view.usage()).isEqualTo(new Usage(7_500, 100, 50, 900, 258_400, 1));
            assertThat(bed.sessions.transcripts().export(view.sessionId()))
                    .filteredOn(line -> line.contains("\"type\":\"compaction\""))
                    .extracting(line -> line.replaceAll(".*\"compaction\":\"(\\w+)\".*", "$1"))
                    .containsExactly("started", "completed");
        }
    }

    @Test
    void theTranscriptHasWhatToolsGaveButANewThreadIsNotToldIt() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            var ls =
                    new TurnEvent.Noted(
                            "item-1", TurnEvent.Noted.Kind.TOOL_RESULT, "Runs ls", "a.txt", false);
            turn.emit(ls);
            turn.emit(ls);
            turn.answer("one file");
            bed.desk.awaitFinished(1);

            SessionView view = bed.sessions.view(SessionsBed.KEY).orElseThrow();
            assertThat(bed.sessions.transcripts().export(view.sessionId()))
                    .filteredOn(line -> line.contains("\"type\":\"tool_result\""))
                    .singleElement()
                    .asString()
                    .contains("\"title\":\"Runs ls\"", "\"text\":\"a.txt\"");
            assertThat(bed.sessions.transcripts().recent(SessionsBed.KEY, 10))
                    .extracting(PastTalk.Said::text)
                    .doesNotContain("a.txt");
        }
    }

    @Test
    void whatALongTurnUsesIsSeenWhileItRuns() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            turn.emit(new TurnEvent.Counted(7_000, 100, 20, 7_020, 258_400));
            bed.desk.awaitProgress(2);
            assertThat(bed.sessions.view(SessionsBed.KEY).orElseThrow().usage())
                    .isEqualTo(Usage.none());
            bed.timers.advance(Duration.ofSeconds(2));
            turn.emit(new TurnEvent.Counted(500, 0, 30, 900, 258_400));
            bed.desk.awaitProgress(3);
            bed.sessions.model(SessionsBed.KEY, Optional.empty());

            assertThat(bed.sessions.view(SessionsBed.KEY).orElseThrow().usage())
                    .isEqualTo(new Usage(7_500, 100, 50, 900, 258_400, 0));
            turn.answer("done");
            bed.desk.awaitFinished(1);
        }
    }

    @Test
    void whatATurnUsesAfterItsSessionWasLeftIsNotCountedInTheNext() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.harness.ignoreInterrupts();
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));
            turn.emit(new TurnEvent.Counted(7_000, 100, 20, 7_020, 258_400));
            turn.answer("late");
            bed.desk.awaitFinished(1);

            assertThat(bed.sessions.view(SessionsBed.KEY).orElseThrow().usage())
                    .isEqualTo(Usage.none());
        }
    }

    @Test
    void howFullAThreadIsIsKnownAfterARestartAndOfThatThreadAlone() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            turn.emit(new TurnEvent.Started(new ThreadId("t-1"), new TurnId("u-1")));
            bed.desk.awaitProgress(2);
            bed.sessions.model(SessionsBed.KEY, Optional.empty());
            turn.emit(new TurnEvent.Counted(7_000, 100, 20, 7_020, 258_400));
            turn.answer("done");
            bed.desk.awaitFinished(1);

            Bindings bindings = new Bindings(bed.database);
            assertThat(bindings.fill(bound("t-1"))).isEqualTo(new ContextFill(7_020, 258_400));
            assertThat(bindings.fill(bound("t-2"))).isEqualTo(ContextFill.unknown());
        }
    }

    private static Binding bound(String thread) {
        return new Binding(
                SessionsBed.KEY, new ThreadId(thread), Map.of(), Instant.EPOCH, Instant.EPOCH);
    }

    /** The texts of the transcript; what was written before a turn was handed over is in it. */
    private static List<String> said(SessionsBed bed) {
        String id = bed.sessions.view(SessionsBed.KEY).orElseThrow().sessionId();
        return bed.sessions.transcripts().export(id).stream()
                .filter(line -> line.contains("\"text\":"))
                .map(line -> line.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1"))
                .toList();
    }
}
