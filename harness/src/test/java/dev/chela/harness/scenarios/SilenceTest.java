package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ToolCall;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.codex.Policy;
import dev.chela.harness.codex.Watches;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.ImitatedStage;
import dev.chela.harness.kit.RecordingTool;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.SwitchStage;
import dev.chela.harness.kit.Trace;
import dev.chela.harness.kit.TraceEnding;
import dev.chela.harness.kit.TraceStage;
import dev.chela.harness.testing.ManualTimers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The app-server goes wrong after every single message of every recorded turn. Goal: whatever it
 * does, the turn ends within its bound, says nothing untrue and does nothing twice. Method: the
 * recordings are replayed to the real harness on a clock turned by hand.
 */
final class SilenceTest {

    private static final Logger log = LoggerFactory.getLogger(SilenceTest.class);

    /** Beyond this much time on the turned clock a turn counts as stuck. */
    private static final Duration BOUND = Duration.ofHours(3);

    private static final Duration STEP = Duration.ofMinutes(2);
    private static final Duration DEAF_FOR = Duration.ofMillis(250);
    private static final Duration REAL_PATIENCE = Duration.ofSeconds(30);

    /** What the server answers that is met when a turn is run anew. */
    private static final Optional<String> ANEW = Optional.of("Echo: go");

    /** The usual ones, but for the interrupt, whose deadline is on the machine's clock too. */
    private static final Watches WATCHES =
            new Watches(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(300),
                    Duration.ofSeconds(300),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(30),
                    DEAF_FOR,
                    Duration.ofHours(48));

    private static final Optional<String> NOT_PLAYED =
            Optional.of("the replay never came to its end");

    private static final int WORKERS = 16;
    private static final Policy ASKING =
            new Policy(
                    ApprovalPolicy.UNTRUSTED,
                    ApprovalsReviewer.USER,
                    SandboxMode.DANGER_FULL_ACCESS);

    @TempDir Path directory;

    /** Thousands of lost connections are what this is about; their warnings would hide the rest. */
    @BeforeAll
    static void hush() {
        level("dev.chela.harness.codex", Level.ERROR);
        level(SilenceTest.class.getName(), Level.INFO);
    }

    @AfterAll
    static void speak() {
        level("dev.chela.harness.codex", null);
        level(SilenceTest.class.getName(), null);
    }

    private static void level(String logger, Level level) {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(logger)).setLevel(level);
    }

    /** Where a server goes wrong. */
    private record Place(Trace trace, int position) {

        private Stream<JsonNode> messages(int first, String method) {
            return trace.entries().stream()
                    .filter(Trace.Entry::fromServer)
                    .map(Trace.Entry::message)
                    .limit(first)
                    .filter(message -> message.path("method").asText().equals(method));
        }

        boolean inputWasShown() {
            return messages(position, "item/started")
                    .anyMatch(it -> it.at("/params/item/type").asText().equals("userMessage"));
        }

        boolean endWasShown() {
            return messages(position, "turn/completed").findAny().isPresent();
        }

        boolean completionWasShown() {
            return endWasShown() && status().equals("completed");
        }

        String status() {
            return messages(trace.positions(), "turn/completed")
                    .map(message -> message.at("/params/turn/status").asText())
                    .findFirst()
                    .orElseThrow();
        }

        /** The answer that the recorded turn came to. */
        Optional<String> answer() {
            return lastAnswer(trace.positions());
        }

        /** The answer that was heard last, perhaps not the turn's last. */
        Optional<String> answerShown() {
            return lastAnswer(position);
        }

        private Optional<String> lastAnswer(int first) {
            return messages(first, "item/completed")
                    .map(message -> message.at("/params/item"))
                    .filter(item -> item.path("type").asText().equals("agentMessage"))
                    .filter(item -> !item.path("phase").asText().equals("commentary"))
                    .map(item -> item.path("text").asText())
                    .reduce((one, next) -> next);
        }

        @Override
        public String toString() {
            return trace.name() + " after " + position;
        }
    }

    @ParameterizedTest
    @EnumSource(TraceEnding.class)
    void aTurnEndsTruthfullyWhereverItsServerGoesWrong(TraceEnding ending) throws Exception {
        var places = new ConcurrentLinkedQueue<>(places());
        var all = places.size();
        var problems = new ConcurrentLinkedQueue<String>();
        var workers = new ArrayList<Callable<Void>>();
        for (var i = 0; i < WORKERS; i++) {
            workers.add(() -> work(places, ending, problems, WATCHES));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(workers)) {
                done.get();
            }
        }
        log.info("silence: ending={} positions={} problems={}", ending, all, problems.size());
        assertThat(all).isGreaterThan(300);
        assertThat(problems).isEmpty();
    }

    @Test
    void aHarnessThatNeverAsksIsFoundStuck() throws Exception {
        var never = Duration.ofDays(1_000);
        var watches = new Watches(never, never, never, never, never, DEAF_FOR, never);
        var place = new Place(Trace.load("plain-turn").turns().getFirst(), 6);
        var problems = new ConcurrentLinkedQueue<String>();

        work(
                new ConcurrentLinkedQueue<>(List.of(place)),
                TraceEnding.QUIET_COMPLETED,
                problems,
                watches);

        assertThat(problems).singleElement().asString().contains("stuck after");
    }

    private static List<Place> places() {
        var places = new ArrayList<Place>();
        for (var name : Trace.NAMES) {
            for (var turn : Trace.load(name).turns()) {
                for (var position = 0; position <= turn.positions(); position++) {
                    places.add(new Place(turn, position));
                }
            }
        }
        return places;
    }

    private Void work(
            Queue<Place> places, TraceEnding ending, Queue<String> problems, Watches watches)
            throws Exception {
        var timers = new ManualTimers();
        var stage = new SwitchStage(new ImitatedStage(fresh()));
        var tools = new RecordingTool("get_weather", "Reports the weather", true);
        try (var house = new HarnessStage(stage, timers, () -> {}, tools)) {
            house.policy(ASKING);
            house.watches(watches);
            house.desk()
                    .deciding(
                            approval ->
                                    Optional.of(
                                            approval.request().questions().isEmpty()
                                                    ? new Decision.Chosen(Choice.ALLOW_ONCE)
                                                    : new Decision.Answered(Map.of())));
            for (var place = places.poll(); place != null; place = places.poll()) {
                var called = tools.calls().size();
                var verdict = play(house, timers, stage, place, ending, DEAF_FOR);
                if (verdict.equals(NOT_PLAYED)) {
                    // On a busy machine a healthy server can be slower than a deaf one may be.
                    verdict = play(house, timers, stage, place, ending, DEAF_FOR.multipliedBy(20));
                }
                verdict.or(() -> twice(tools.calls(), called))
                        .map(problem -> ending + " " + problem)
                        .map((place + ": ")::concat)
                        .ifPresent(problems::add);
            }
        }
        return null;
    }

    /** Runs one turn to its end; says what was wrong with that. */
    private Optional<String> play(
            HarnessStage house,
            ManualTimers timers,
            SwitchStage switched,
            Place place,
            TraceEnding ending,
            Duration requestTimeout)
            throws Exception {
        var stage =
                new TraceStage(place.trace(), place.position(), ending, fresh(), requestTimeout);
        switched.turnTo(stage);
        var turn = house.start(HarnessStage.freshSession(), "go");
        if (!stage.replay().ended().await(20, TimeUnit.SECONDS)) {
            return NOT_PLAYED;
        }
        var passed = Duration.ZERO;
        var patience = System.nanoTime() + REAL_PATIENCE.toNanos();
        while (!turn.isOver() && passed.compareTo(BOUND) < 0 && System.nanoTime() < patience) {
            settle(turn);
            if (timers.armed() > 0) {
                timers.advance(STEP);
                passed = passed.plus(STEP);
            }
            if (!turn.events(TurnEvent.StillWorking.class).isEmpty()) {
                // It really is still running: only a person ends it.
                house.harness().interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);
            }
        }
        return turn.isOver()
                ? new Verdict(place, ending, stage, turn).problem()
                : Optional.of("stuck after " + passed + "; events " + turn.events());
    }

    private static void settle(RunningTurn turn) throws InterruptedException {
        // Answers travel on the machine's clock while the watches stand still.
        var nothing = new CountDownLatch(1);
        for (var i = 0; i < 4 && !turn.isOver(); i++) {
            assertThat(nothing.await(3, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    /** Compares what a person was told with what the recording knows. */
    private record Verdict(Place place, TraceEnding ending, TraceStage stage, RunningTurn turn) {

        Optional<String> problem() {
            if (startedAgain() && place.inputWasShown()) {
                return Optional.of("replayed although its input was taken");
            }
            return switch (turn.outcome()) {
                case TurnOutcome.Completed done ->
                        answers().contains(done.text())
                                ? Optional.empty()
                                : Optional.of("answered " + done.text());
                case TurnOutcome.Uncertain(var _, String notice) ->
                        place.endWasShown() || notice.isBlank()
                                ? Optional.of("uncertain of an end it had heard")
                                : Optional.empty();
                case TurnOutcome.Failed failed ->
                        failed.notice().isBlank() || place.completionWasShown()
                                ? Optional.of("failed: " + failed)
                                : Optional.empty();
                case TurnOutcome.Interrupted interrupted ->
                        interrupted.cause() == TurnOutcome.Cause.USER_STOP
                                        || place.status().equals("interrupted")
                                ? Optional.empty()
                                : Optional.of("said it was interrupted: " + interrupted);
            };
        }

        private List<Optional<String>> answers() {
            // Who cannot ask goes by the answer that was heard and the silence after it.
            return ending == TraceEnding.DEAF
                    ? List.of(place.answer(), place.answerShown(), ANEW)
                    : List.of(place.answer(), ANEW);
        }

        private boolean startedAgain() {
            return stage.replay().after().heard().stream()
                    .anyMatch(message -> message.path("method").asText().equals("turn/start"));
        }
    }

    private static Optional<String> twice(List<ToolCall> calls, int before) {
        var names = calls.subList(before, calls.size()).stream().map(ToolCall::callId).toList();
        return names.stream().distinct().count() == names.size()
                ? Optional.empty()
                : Optional.of("a tool ran twice: " + names);
    }

    private Path fresh() {
        try {
            return Files.createTempDirectory(directory, "silence");
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
