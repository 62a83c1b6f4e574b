package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.BotJars;
import dev.chela.bot.kit.ChildBot;
import dev.chela.bot.kit.CrashStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Halts the bot's process before and after each write and each outside effect that a few scenes
 * cause, starts it again, and looks at what became of every message.
 */
final class CrashIT {

    private static final int AT_ONCE = 3;
    private static final int IN_A_ROW = 6;

    /**
     * People on a stage.
     *
     * @param halts which of the instants it passes are tried here, if no scene before has them
     */
    private record Scene(String name, Opener stage, Cast.Casting cast, Predicate<String> halts) {}

    @FunctionalInterface
    private interface Opener {
        CrashStage at(Path root) throws IOException;
    }

    /** For a look at one of them; the names are checked only when all play. */
    private static final String ONLY = System.getProperty("chela.crash.scenes", "");

    /** For a look at some instants, a regular expression: {@code web\\.|access\\.}. */
    private static final Predicate<String> INSTANTS =
            Pattern.compile(System.getProperty("chela.crash.instants", "")).asPredicate();

    /** Which instants stand in a row, and in which order; none is the order they were passed in. */
    private static final @Nullable Long SEED = Long.getLong("chela.crash.seed");

    /** A turn has its answer and nobody has it yet. */
    private static final String AT_WORK = "before:session.finish";

    private static final String NOT_PASSED = "not passed, killed at the end";

    private static final Predicate<String> ALL = instant -> true;

    private static final List<Scene> SCENES =
            List.of(
                    new Scene(
                            "outlived",
                            CrashStage::outlived,
                            CrashRound::new,
                            only("appserver\\..*")),
                    new Scene(
                            "silence",
                            CrashStage::impatient,
                            SilenceCast::new,
                            only("approval\\.(expire|take)")),
                    new Scene(
                            "talk",
                            CrashStage::open,
                            CrashRound::new,
                            // Who is stopped may be so before an answer grew; "control" is sure.
                            only("preview\\.edit").negate()),
                    new Scene("control", CrashStage::withGroups, ControlCast::new, ALL),
                    new Scene("web", CrashStage::withWeb, WebCast::new, ALL),
                    new Scene(
                            "tidy",
                            TidyCast::longAgo,
                            TidyCast::new,
                            only(
                                    "\\w+\\.prune|approval\\.unlearn"
                                            + "|session\\.(drop|forgetArchive|tidy|tidyStrays)")));

    private static Predicate<String> only(String names) {
        return Pattern.compile("(before|after):(" + names + ")").asMatchPredicate();
    }

    /** One instant and what came of halting there. */
    private record Result(String instant, String death, String end, boolean good) {

        boolean isNotPassed() {
            return death.equals(NOT_PASSED);
        }

        @Override
        public String toString() {
            return "%-32s %s, %s".formatted(instant, death, end);
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothingIsLostWhereverTheProcessIsHalted(@TempDir Path root, TestReporter reporter)
            throws IOException, InterruptedException, ExecutionException {
        BotJars.archive(root.resolve("archive"));
        Map<Scene, List<String>> instants = instants(root);
        List<Result> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<List<Result>>> runs = new ArrayList<>();
            instants.forEach(
                    (scene, all) -> {
                        for (int from = 0; from < all.size(); from += IN_A_ROW) {
                            List<String> row =
                                    all.subList(from, Math.min(from + IN_A_ROW, all.size()));
                            Path place = root.resolve(scene.name() + from);
                            runs.add(() -> tried(scene, place, row));
                        }
                    });
            for (Future<List<Result>> run : threads.invokeAll(runs)) {
                results.addAll(run.get());
            }
        }

        String table =
                results.stream()
                        .sorted(Comparator.comparing(Result::instant))
                        .map(Result::toString)
                        .collect(Collectors.joining("\n", "halted at\n", ""));
        Files.writeString(Path.of("target", "crash-suite.txt"), table);
        reporter.publishEntry("crash suite", table);
        assertThat(results).filteredOn(one -> !one.good() || one.isNotPassed()).isEmpty();
    }

    /** Every instant that a run without a halt passes, by the scene that is to try it. */
    private static Map<Scene, List<String>> instants(Path root)
            throws IOException, InterruptedException, ExecutionException {
        Map<Scene, List<String>> instants = new LinkedHashMap<>();
        Set<String> passed = new LinkedHashSet<>();
        Set<String> taken = new LinkedHashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<List<String>>> runs = new ArrayList<>();
            for (Scene scene : scenes()) {
                runs.add(threads.submit(() -> instants(scene, root.resolve(scene.name()))));
            }
            for (int at = 0; at < scenes().size(); at++) {
                List<String> here = runs.get(at).get();
                passed.addAll(here);
                Scene scene = scenes().get(at);
                List<String> ours =
                        here.stream()
                                .filter(scene.halts())
                                .filter(INSTANTS)
                                .filter(taken::add)
                                .collect(Collectors.toCollection(ArrayList::new));
                if (SEED != null) {
                    Collections.shuffle(ours, new Random(SEED));
                }
                instants.put(scene, ours);
            }
        }
        if (ONLY.isEmpty()) {
            checkNames(passed);
        }
        return instants;
    }

    private static List<Scene> scenes() {
        List<String> only = List.of(ONLY.split(","));
        return SCENES.stream()
                .filter(scene -> ONLY.isEmpty() || only.contains(scene.name()))
                .toList();
    }

    private static void checkNames(Set<String> passed) {
        Set<String> names =
                passed.stream()
                        .map(instant -> instant.substring(instant.indexOf(':') + 1))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> forgotten = new TreeSet<>(CheckpointNames.inSources());
        forgotten.removeAll(names);
        forgotten.removeAll(CheckpointNames.reasons().keySet());
        assertThat(forgotten)
                .as("names that no scene passes; let one pass them, or say why not there")
                .isEmpty();
        assertThat(names)
                .as("names that a scene passes, but a reason says none does")
                .doesNotContainAnyElementsOf(CheckpointNames.reasons().keySet());
        assertThat(CheckpointNames.inSources()).as("names that pass").containsAll(names);
    }

    private static List<String> instants(Scene scene, Path root) throws IOException {
        Path log = root.resolve("instants");
        try (CrashRun run = new CrashRun(scene.stage().at(root), scene.cast())) {
            run.newPeopleSpeak();
            try (ChildBot bot = run.start(Map.of("CHELA_CHECKPOINT_LOG", log.toString()))) {
                assertThat(run.play(bot)).as(bot.output()).isZero();
            }
            run.check();
            run.checkNothingRuns();
        }
        return Files.readAllLines(log).stream().distinct().toList();
    }

    /**
     * What nobody came by any more in its row is tried again on a stage of its own, and then on one
     * where a bot died at work: some things are only done with what such a one left.
     */
    private static List<Result> tried(Scene scene, Path root, List<String> row) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Result one : halted(scene, root, row)) {
            Result last = one;
            for (List<String> before : List.of(List.<String>of(), List.of(AT_WORK))) {
                if (last.good() && last.isNotPassed()) {
                    String place = "%s-%d-%d".formatted(root, results.size(), before.size());
                    List<String> again = new ArrayList<>(before);
                    again.add(one.instant());
                    last = halted(scene, Path.of(place), again).getLast();
                }
            }
            results.add(last);
        }
        return results;
    }

    /** Each bot dies at the next instant while it mends what the one before it left. */
    private static List<Result> halted(Scene scene, Path root, List<String> row)
            throws IOException {
        List<String> died = new ArrayList<>();
        CrashStage stage = scene.stage().at(root);
        try (CrashRun run = new CrashRun(stage, scene.cast())) {
            for (String instant : row) {
                run.newPeopleSpeak();
                died.add(halt(run, instant));
            }
            try (ChildBot bot = run.start(Map.of())) {
                assertThat(run.play(bot)).as(bot.output()).isZero();
                run.check();
            }
            run.checkNothingRuns();
            return results(row, died, "all ended well", true);
        } catch (AssertionError wrong) {
            String what = String.valueOf(wrong.getMessage());
            Path log = Path.of("target", "crash-%s.log".formatted(root.getFileName()));
            Files.writeString(log, stage.output() + "\n" + what);
            stage.state().copyTo(Path.of("target", "crash-%s.db".formatted(root.getFileName())));
            String chain =
                    "scene %s, halted in turn at %s, its bots said %s: "
                            .formatted(scene.name(), row, log);
            return results(
                    row, died, chain + what.substring(0, Math.min(what.length(), 5_000)), false);
        }
    }

    private static List<Result> results(
            List<String> row, List<String> died, String end, boolean good) {
        return IntStream.range(0, row.size())
                .mapToObj(
                        at ->
                                new Result(
                                        row.get(at),
                                        at < died.size() ? died.get(at) : "not tried",
                                        end,
                                        good))
                .toList();
    }

    private static String halt(CrashRun run, String instant) throws IOException {
        ChildBot dying = run.start(Map.of("CHELA_HALT_AT", instant));
        try {
            int status = run.play(dying);
            if (status == 0) {
                return NOT_PASSED;
            }
            assertThat(status).as(dying.output()).isEqualTo(HaltingCheckpoints.HALTED);
            return "halted";
        } finally {
            dying.kill();
        }
    }
}
