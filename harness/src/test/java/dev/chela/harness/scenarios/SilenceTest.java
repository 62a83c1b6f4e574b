package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.AgentHarness;
import dev.chela.harness.AgentTool;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.ToolSpec;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.codex.Watches;
import dev.chela.harness.kit.ChangedHarness;
import dev.chela.harness.kit.Trace;
import dev.chela.harness.kit.TraceEnding;
import dev.chela.harness.kit.TraceReplay.Steered;
import dev.chela.harness.kit.TrustingHarness;
import dev.chela.harness.scenarios.SilentTown.Spoiled;
import dev.chela.harness.scenarios.SilentTown.Story;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The app-server goes wrong after every single message of every recorded turn. Goal: whatever it
 * does, the lane is free within a bound that the watchdogs give, its people are told nothing
 * untrue, and nothing is done twice. Method: the recordings are replayed to real lanes over the
 * real harness, on a clock that goes on only when all is still. {@link SilenceIT} has the rest.
 */
final class SilenceTest {

    @TempDir Path directory;

    @BeforeAll
    static void hush() {
        SilentTown.hush();
    }

    @AfterAll
    static void speak() {
        SilentTown.speak();
    }

    static Stream<Story> stories() {
        var queued = Stream.of(TraceEnding.values()).map(Story::of);
        return Stream.concat(
                queued,
                Stream.of(
                        Story.of(TraceEnding.QUIET_RUNNING).steered(Steered.LOST),
                        Story.of(TraceEnding.QUIET_RUNNING).steered(Steered.TAKEN),
                        Story.of(TraceEnding.QUIET_COMPLETED).steered(Steered.TAKEN),
                        Story.of(TraceEnding.QUIET_RUNNING).withRestart(),
                        Story.of(TraceEnding.QUIET_RUNNING).steered(Steered.LOST).withRestart(),
                        Story.of(TraceEnding.QUIET_COMPLETED)
                                .steered(Steered.TAKEN)
                                .withRestart()));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void aLaneIsFreeAndItsPeopleToldTheTruthWhereverTheServerGoesWrong(Story story)
            throws Exception {
        var places = SilencePlace.all();

        var problems = SilentTown.problems(places, story, Spoiled.NOT, directory);

        assertThat(places).hasSizeGreaterThan(300);
        assertThat(problems).isEmpty();
    }

    @Test
    void aHarnessThatNeverAsksIsFoundStuck() throws Exception {
        var never = Duration.ofDays(1_000);
        var watches = new Watches(never, never, never, never, never, never, never);

        assertThat(problems("plain-turn", 6, Spoiled.NOT.watching(watches)))
                .anyMatch(problem -> problem.contains("stuck"));
    }

    @Test
    void aHarnessThatAsksLateIsFound() throws Exception {
        var usual = Watches.defaults();
        var late =
                new Watches(
                        usual.completion().plusSeconds(1),
                        usual.postTool(),
                        usual.thought(),
                        usual.release(),
                        usual.terminal(),
                        usual.stop(),
                        usual.run());

        assertThat(problems("plain-turn", 3, Spoiled.NOT.watching(late)))
                .anyMatch(problem -> problem.contains("told at"));
    }

    @Test
    void aLaneThatIsNeverFreedIsFound() throws Exception {
        assertThat(problems("plain-turn", 6, Spoiled.NOT.running(Endless::new)))
                .anyMatch(problem -> problem.contains("the second message: []"));
    }

    @Test
    void aToolThatRunsTwiceIsFound() throws Exception {
        assertThat(problems("dynamic-tool-direct", 15, Spoiled.NOT.calling(Twice::new)))
                .anyMatch(problem -> problem.contains("a tool ran twice"));
    }

    @Test
    void aHarnessThatTrustsTheReplyOfASteerIsFound() throws Exception {
        var story = Story.of(TraceEnding.QUIET_RUNNING).steered(Steered.LOST);
        var place = new SilencePlace(Trace.load("plain-turn").turns().getFirst(), 6);

        assertThat(
                        SilentTown.problems(
                                List.of(place),
                                story,
                                Spoiled.NOT.running(TrustingHarness::new),
                                directory))
                .anyMatch(problem -> problem.contains("lost was told to be taken"));
    }

    private List<String> problems(String trace, int position, Spoiled spoiled) throws IOException {
        var place = new SilencePlace(Trace.load(trace).turns().getFirst(), position);
        var story = Story.of(TraceEnding.QUIET_COMPLETED);
        return SilentTown.problems(List.of(place), story, spoiled, directory);
    }

    /** Its turns end, but whoever runs them never hears of it. */
    private static final class Endless extends ChangedHarness {

        Endless(AgentHarness inner) {
            super(inner);
        }

        @Override
        public TurnOutcome run(TurnRequest request, Consumer<TurnEvent> events) {
            var outcome = super.run(request, events);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return outcome;
        }
    }

    private record Twice(AgentTool inner) implements AgentTool {

        @Override
        public ToolSpec spec() {
            return inner.spec();
        }

        @Override
        public ToolResult call(ToolCall call) {
            inner.call(call);
            return inner.call(call);
        }
    }
}
