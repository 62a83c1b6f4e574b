package dev.chela.harness.scenarios;

import ch.qos.logback.classic.Level;
import dev.chela.config.QueueMode;
import dev.chela.harness.AgentHarness;
import dev.chela.harness.AgentTool;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.codex.Policy;
import dev.chela.harness.codex.Watches;
import dev.chela.harness.kit.LaneStage;
import dev.chela.harness.kit.RecordingTool;
import dev.chela.harness.kit.TraceEnding;
import dev.chela.harness.kit.TraceReplay;
import dev.chela.harness.kit.TraceStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People who each write to an agent whose server goes wrong, all at once on one bot and one clock,
 * each at another place of the recordings. They write a second message when it has gone wrong, and
 * if that is not answered one more every time a deaf server may have been given up since.
 */
final class SilentTown implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SilentTown.class);

    /** What the server's answers are waited for ({@code appServer.requestTimeoutMs}). */
    private static final Duration QUESTION = Duration.ofSeconds(60);

    private static final Duration GIVEN_UP = Duration.ofMinutes(6);
    private static final int MORE_MAX = 2;
    private static final Duration HORIZON = Duration.ofHours(1);
    private static final Policy ASKING =
            new Policy(
                    ApprovalPolicy.UNTRUSTED,
                    ApprovalsReviewer.USER,
                    SandboxMode.DANGER_FULL_ACCESS);

    private final Story story;
    private final RecordingTool weather;
    private final LaneStage lanes;
    private final List<SilentPerson> people = new ArrayList<>();

    /**
     * What happens to all of them.
     *
     * @param steered what becomes of the second message where it is a steer; empty if it waits
     * @param restarts whether the bot dies right after the servers went wrong
     */
    record Story(TraceEnding ending, Optional<TraceReplay.Steered> steered, boolean restarts) {

        static Story of(TraceEnding ending) {
            return new Story(ending, Optional.empty(), false);
        }

        Story steered(TraceReplay.Steered how) {
            return new Story(ending, Optional.of(how), restarts);
        }

        Story withRestart() {
            return new Story(ending, steered, true);
        }

        @Override
        public String toString() {
            return ending
                    + steered.map(how -> " steer=" + how).orElse("")
                    + (restarts ? " restart" : "");
        }
    }

    /** What a test puts in the place of what is right, to see that it is found. */
    record Spoiled(
            Watches watches, UnaryOperator<AgentHarness> harness, UnaryOperator<AgentTool> tool) {

        static final Spoiled NOT =
                new Spoiled(Watches.defaults(), UnaryOperator.identity(), UnaryOperator.identity());

        Spoiled watching(Watches other) {
            return new Spoiled(other, harness, tool);
        }

        Spoiled running(UnaryOperator<AgentHarness> other) {
            return new Spoiled(watches, other, tool);
        }

        Spoiled calling(UnaryOperator<AgentTool> other) {
            return new Spoiled(watches, harness, other);
        }
    }

    /** Lives a story at all of these places and says what was wrong with it. */
    static List<String> problems(
            List<SilencePlace> places, Story story, Spoiled spoiled, Path directory)
            throws IOException {
        try (var town = new SilentTown(places, story, spoiled, directory)) {
            var problems = town.problems();
            log.info("silence: {} positions={} problems={}", story, places.size(), problems.size());
            return problems;
        }
    }

    /** Thousands of lost connections are what this is about; their warnings would hide the rest. */
    static void hush() {
        level("dev.chela.harness", Level.OFF);
        level(SilentTown.class.getName(), Level.INFO);
    }

    static void speak() {
        level("dev.chela.harness", null);
        level(SilentTown.class.getName(), null);
    }

    private static void level(String logger, @Nullable Level level) {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(logger)).setLevel(level);
    }

    private SilentTown(List<SilencePlace> places, Story story, Spoiled spoiled, Path directory)
            throws IOException {
        this.story = story;
        weather = new RecordingTool("get_weather", "Reports the weather", true);
        lanes =
                new LaneStage(
                        new LaneStage.Setting(
                                story.steered().isPresent() ? QueueMode.STEER : QueueMode.FOLLOWUP,
                                ASKING,
                                spoiled.watches(),
                                SilentPerson::words,
                                SilentTown::decide,
                                spoiled.harness(),
                                List.of(spoiled.tool().apply(weather))));
        for (var place : places) {
            people.add(moveIn(place, Files.createTempDirectory(directory, "silence")));
        }
    }

    private SilentPerson moveIn(SilencePlace place, Path home) throws IOException {
        var number = people.size() + 1;
        var own = place.about("0199c0de-0000-7000-8000-%012d".formatted(number));
        var replay =
                new TraceReplay(
                        own.trace(),
                        own.position(),
                        story.ending(),
                        story.steered().orElse(TraceReplay.Steered.LOST),
                        home);
        var stage = new TraceStage(replay, home, lanes.timers(), QUESTION);
        var person = new SilentPerson(number, own, story, stage);
        lanes.put(person.agent(), stage);
        return person;
    }

    private static Optional<Decision> decide(Approval approval) {
        return Optional.of(
                approval.request().questions().isEmpty()
                        ? new Decision.Chosen(Choice.ALLOW_ONCE)
                        : new Decision.Answered(Map.of()));
    }

    private List<String> problems() {
        var began = lanes.now();
        people.forEach(person -> lanes.submit(person.agent(), person.first()));
        lanes.awaitStillness();
        people.forEach(person -> lanes.submit(person.agent(), person.second()));
        lanes.awaitStillness();
        if (story.restarts()) {
            restart();
        }
        runUntil(began.plus(HORIZON), 2);
        for (var more = 1; more <= MORE_MAX; more++) {
            var next = 2 + more;
            runPast(lanes.now().plus(GIVEN_UP));
            people.stream()
                    .filter(person -> person.isUnanswered(lanes.desk(), next - 1))
                    .forEach(person -> lanes.submit(person.agent(), person.ticket(next)));
            lanes.awaitStillness();
            runUntil(lanes.now().plus(HORIZON), next);
        }
        var bound = new SilenceBound(Watches.defaults(), QUESTION);
        return people.stream()
                .flatMap(person -> person.problems(lanes, bound, weather.calls(), began).stream())
                .toList();
    }

    private void restart() {
        lanes.restart();
        for (var person : people) {
            for (var ticket : List.of(person.first(), person.second())) {
                if (!lanes.desk().isClosed(ticket)) {
                    lanes.submit(person.agent(), ticket);
                }
            }
        }
        lanes.awaitStillness();
    }

    /** Until everybody has heard of all they wrote, or that time has come. */
    private void runUntil(Instant end, int messages) {
        stopWhatWorks();
        while (!areClosed(messages) && lanes.goOn(end)) {
            stopWhatWorks();
        }
    }

    private void runPast(Instant end) {
        while (lanes.goOn(end)) {
            stopWhatWorks();
        }
        lanes.waitUntil(end);
    }

    private boolean areClosed(int messages) {
        return people.stream().allMatch(person -> person.isClosed(lanes.desk(), messages));
    }

    /** It really is still running: only a person ends it. */
    private void stopWhatWorks() {
        var turns = lanes.desk().stillWorking();
        for (var turn : turns) {
            if (!lanes.desk().isClosed(turn.tickets().getFirst())) {
                lanes.sessions().stop(turn.session(), turn.tickets().getLast());
            }
        }
        if (!turns.isEmpty()) {
            lanes.awaitStillness();
        }
    }

    @Override
    public void close() {
        lanes.close();
    }

    static boolean isAnswer(Optional<TurnOutcome> outcome) {
        return outcome.filter(TurnOutcome.Completed.class::isInstance).isPresent();
    }
}
