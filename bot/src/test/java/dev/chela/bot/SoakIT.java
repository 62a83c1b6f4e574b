package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.ChildBot;
import dev.chela.bot.kit.CrashStage;
import dev.chela.bot.kit.Footprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many sessions, thousands of turns, one bot: what it holds must not grow with them. {@code
 * -Dchela.soak.sessions=N} and {@code -Dchela.soak.turns=N} change the size.
 */
@Tag("soak")
final class SoakIT {

    private static final int SESSIONS = Integer.getInteger("chela.soak.sessions", 50);
    private static final int TURNS = Integer.getInteger("chela.soak.turns", 2_000);
    private static final int SAMPLES_MAX = 20;

    /** A turn leaves nothing in the bot's memory: over 1,500 turns this is 2 KiB each. */
    private static final long HEAP_KIB_MAX = 3 * 1024;

    /** Compiled code and pages that the allocator keeps; most of it comes early. */
    private static final long RSS_KIB_MAX = 64 * 1024;

    /** Codex keeps the history of loaded threads; that is not ours, but a leak would show. */
    private static final long SERVER_KIB_MAX = 64 * 1024;

    /** Its database pools open a connection, two files, when all others are busy for once. */
    private static final long SERVER_FILES_MAX = 8;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void whatIsHeldDoesNotGrowWithTheTurns(@TempDir Path root, TestReporter reporter)
            throws IOException {
        int rounds = TURNS / SESSIONS;
        int every = Math.max(1, rounds / SAMPLES_MAX);
        List<Footprint> series = new ArrayList<>();
        List<String> handles = new ArrayList<>();
        Map<String, Long> serverHandles = Map.of();
        try (CrashStage stage = CrashStage.open(root)) {
            try (ChildBot bot = stage.start(Map.of())) {
                bot.awaitReady(1);
                for (int round = 1; round <= rounds; round++) {
                    everybodySpeaks(stage, round);
                    awaitEnd(stage, round * SESSIONS);
                    if (round % every == 0) {
                        series.add(Footprint.of(bot, round * SESSIONS));
                        handles = Footprint.handles(bot.pid());
                        serverHandles = Footprint.serverHandles(bot);
                    }
                }
            }
            String table =
                    table(series)
                            + serverHandles.entrySet().stream()
                                    .map(one -> one.getValue() + " " + one.getKey())
                                    .collect(
                                            Collectors.joining(
                                                    "\n", "handles of the app-server\n", "\n"));
            Files.writeString(Path.of("target/soak.txt"), table);
            reporter.publishEntry("soak", table);
            assertThat(stage.state().inbox())
                    .hasSize(rounds * SESSIONS)
                    .allSatisfy(row -> assertThat(row.outcome()).isEqualTo("answered"));
            check(series, handles);
        }
    }

    private static void everybodySpeaks(CrashStage stage, int round) {
        for (int session = 0; session < SESSIONS; session++) {
            stage.person(session)
                    .says(
                            switch ((round + session) % 5) {
                                case 0 -> "run echo soak %d".formatted(round);
                                case 1 -> "tell me soak %d".formatted(round);
                                default -> "soak %d".formatted(round);
                            });
        }
    }

    private static void awaitEnd(CrashStage stage, int messages) {
        Await.until(
                "the end of " + messages + " turns",
                () -> stage.telegram().unconfirmed() == 0 && stage.state().isThrough(messages),
                () -> stage.state().open() + " open");
    }

    /** The first quarter is for caches, classes and connections to come to rest. */
    private static void check(List<Footprint> series, List<String> handles) {
        List<Footprint> settled = series.subList(series.size() / 4, series.size());
        assertThat(settled).as("samples").hasSizeGreaterThan(3);
        assertThat(settled.stream().map(Footprint::children).distinct())
                .as("processes below the bot")
                .containsExactly(1L);
        assertThat(settled.stream().map(Footprint::handles).distinct())
                .as("open handles; the last were %s", handles)
                .hasSize(1);
        LongSummaryStatistics files =
                settled.stream().mapToLong(Footprint::serverFiles).summaryStatistics();
        assertThat(files.getMax() - files.getMin())
                .as("more files that the app-server had open at one time than at another")
                .isLessThanOrEqualTo(SERVER_FILES_MAX);
        assertThat(growth(settled, Footprint::heapKib))
                .as("KiB that the heap grew by")
                .isLessThan(HEAP_KIB_MAX);
        assertThat(growth(settled, Footprint::rssKib))
                .as("KiB that the bot grew by")
                .isLessThan(RSS_KIB_MAX);
        assertThat(growth(settled, Footprint::serverRssKib))
                .as("KiB that the app-server grew by")
                .isLessThan(SERVER_KIB_MAX);
    }

    /** Along the line through the samples, from the first to the last of them. */
    private static double growth(List<Footprint> samples, ToLongFunction<Footprint> value) {
        return slope(samples, value) * (samples.getLast().turns() - samples.getFirst().turns());
    }

    private static String table(List<Footprint> series) {
        List<Footprint> settled = series.subList(series.size() / 4, series.size());
        return series.stream()
                .map(Footprint::toString)
                .collect(
                        Collectors.joining(
                                "\n",
                                "%d sessions, %d turns\n%s\n"
                                        .formatted(SESSIONS, TURNS, Footprint.COLUMNS),
                                String.format(
                                        Locale.ROOT,
                                        "\nKiB a turn after the first quarter: heap %.2f, RSS %.2f,"
                                                + " app-server %.2f\n",
                                        slope(settled, Footprint::heapKib),
                                        slope(settled, Footprint::rssKib),
                                        slope(settled, Footprint::serverRssKib))));
    }

    /** Of the least-squares line through the samples. */
    private static double slope(List<Footprint> samples, ToLongFunction<Footprint> value) {
        double meanTurns = samples.stream().mapToInt(Footprint::turns).average().orElse(0);
        double mean = samples.stream().mapToLong(value).average().orElse(0);
        double above = 0;
        double below = 0;
        for (Footprint one : samples) {
            above += (one.turns() - meanTurns) * (value.applyAsLong(one) - mean);
            below += (one.turns() - meanTurns) * (one.turns() - meanTurns);
        }
        return below == 0 ? 0 : above / below;
    }
}
