package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.ChildBot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Halts the bot's process before and after each write and each outside effect that a few chats
 * cause, starts it again, and looks at what became of every message.
 */
final class CrashIT {

    private static final int AT_ONCE = 3;
    private static final int IN_A_ROW = 6;

    /** One instant and what came of halting there. */
    private record Result(String instant, String outcome, boolean good) {}

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void nothingIsLostWhereverTheProcessIsHalted(@TempDir Path root, TestReporter reporter)
            throws IOException, InterruptedException, ExecutionException {
        List<String> instants = instants(root.resolve("collect"));
        assertThat(instants)
                .contains("before:inbox.accept", "after:delivery.send", "before:tools.call");

        List<Result> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<List<Result>>> runs = new ArrayList<>();
            for (int from = 0; from < instants.size(); from += IN_A_ROW) {
                List<String> row =
                        instants.subList(from, Math.min(from + IN_A_ROW, instants.size()));
                runs.add(() -> halted(root.resolve(row.getFirst().replace(':', '-')), row));
            }
            for (Future<List<Result>> run : threads.invokeAll(runs)) {
                results.addAll(run.get());
            }
        }

        String table =
                results.stream()
                        .sorted(Comparator.comparing(Result::instant))
                        .map(one -> "%-32s %s".formatted(one.instant(), one.outcome()))
                        .collect(Collectors.joining("\n", "halted at\n", ""));
        Files.writeString(Path.of("target/crash-suite.txt"), table);
        reporter.publishEntry("crash suite", table);
        assertThat(results).filteredOn(one -> !one.good()).isEmpty();
    }

    /** Every instant that a run without a halt passes. */
    private static List<String> instants(Path root) throws IOException {
        Path log = root.resolve("instants");
        try (CrashRun run = new CrashRun(root)) {
            run.newPeopleSpeak();
            try (ChildBot bot = run.start(Map.of("CHELA_CHECKPOINT_LOG", log.toString()))) {
                assertThat(run.play(bot)).as(bot.output()).isZero();
            }
            run.check();
            run.checkNothingRuns();
        }
        return Files.readAllLines(log).stream().distinct().toList();
    }

    /** Each bot dies at the next instant while it mends what the one before it left. */
    private static List<Result> halted(Path root, List<String> row) throws IOException {
        List<String> died = new ArrayList<>();
        try (CrashRun run = new CrashRun(root)) {
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
            return results(row, died, String.valueOf(wrong.getMessage()), false);
        }
    }

    private static List<Result> results(
            List<String> row, List<String> died, String end, boolean good) {
        return IntStream.range(0, row.size())
                .mapToObj(
                        at ->
                                new Result(
                                        row.get(at),
                                        (at < died.size() ? died.get(at) : "not tried")
                                                + ", "
                                                + end,
                                        good))
                .toList();
    }

    private static String halt(CrashRun run, String instant) throws IOException {
        ChildBot dying = run.start(Map.of("CHELA_HALT_AT", instant));
        int status = run.play(dying);
        if (status == 0) {
            dying.kill();
            return "not passed, killed at the end";
        }
        assertThat(status).as(dying.output()).isEqualTo(HaltingCheckpoints.HALTED);
        return "halted";
    }
}
