package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.Chat;
import dev.chela.bot.kit.ChildBot;
import dev.chela.bot.kit.CrashStage;
import dev.chela.bot.kit.Leftovers;
import dev.chela.bot.kit.StateProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills the bot at random moments while ten people talk to it; runs with {@code -Pcrash}. */
@Tag("crash")
final class CrashSoakIT {

    private static final int PEOPLE = 10;
    private static final int KILLS = 20;
    private static final long SEED = Long.getLong("chela.crash.seed", 4711);
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final int[] said = new int[PEOPLE];

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void twentyRandomKillsLoseNothing(@TempDir Path root, TestReporter reporter)
            throws IOException {
        Random random = new Random(SEED);
        try (CrashStage stage = CrashStage.open(root)) {
            for (int kill = 0; kill < KILLS; kill++) {
                ChildBot bot = stage.start(Map.of());
                int starts = kill + 1;
                Await.until("a start", () -> ready(bot) == starts, bot::output);
                Duration life = Duration.ofMillis(random.nextLong(LONGEST.toMillis()));
                Await.within(life, () -> keepTalking(stage));
                assertThat(bot.isAlive()).as(bot.output()).isTrue();
                bot.kill();
            }
            try (ChildBot bot = stage.start(Map.of())) {
                Await.until(
                        "the end of all work",
                        () -> stage.isQuiet(IntStream.of(said).sum()),
                        () -> stage.state().inbox() + "\n" + stage.state().outbox());
                assertThat(bot.isAlive()).isTrue();
            }
            for (int person = 0; person < PEOPLE; person++) {
                check(stage, person);
            }
            Await.until(
                    "the end of every process",
                    () -> Leftovers.of(root).isEmpty(),
                    () -> Leftovers.of(root));
            String figures = figures(stage);
            Files.writeString(Path.of("target/crash-soak.txt"), figures);
            reporter.publishEntry("crash soak", figures);
        }
    }

    private static long ready(ChildBot bot) {
        return bot.output().lines().filter(line -> line.startsWith("chela is ready")).count();
    }

    /** Everybody who has at most one message waiting says the next; never ends by itself. */
    private boolean keepTalking(CrashStage stage) {
        List<StateProbe.Arrived> inbox = stage.state().inbox();
        for (int person = 0; person < PEOPLE; person++) {
            Chat chat = stage.person(person);
            long closed =
                    inbox.stream()
                            .filter(row -> row.conversation().endsWith(":" + chat.id()))
                            .filter(row -> !row.outcome().equals("open"))
                            .count();
            if (closed >= said[person] - 1) {
                chat.says("message %d.".formatted(said[person]++));
            }
        }
        return false;
    }

    private void check(CrashStage stage, int person) {
        Chat chat = stage.person(person);
        List<String> texts = chat.texts();
        List<Integer> places = new ArrayList<>();
        for (int number = 0; number < said[person]; number++) {
            String answer = "Echo: message %d.".formatted(number);
            assertThat(chat.count(answer)).as("%s in %s", answer, texts).isLessThanOrEqualTo(1);
            if (texts.contains(answer)) {
                places.add(texts.indexOf(answer));
            }
        }
        assertThat(places).as("the order of %s", texts).isSorted();
        List<StateProbe.Said> ours =
                stage.state().outbox().stream()
                        .filter(row -> row.conversation().endsWith(":" + chat.id()))
                        .toList();
        long unknown = ours.stream().filter(row -> row.state().equals("unknown")).count();
        long told = texts.stream().filter(text -> text.startsWith("⚠️")).count();
        assertThat(places.size() + told + unknown)
                .as("%d messages of %s in %s", said[person], chat.id(), texts)
                .isGreaterThanOrEqualTo(said[person]);
        assertThat(ours.stream().map(StateProbe.Said::intent).filter(i -> i.startsWith("notice:")))
                .doesNotHaveDuplicates();
    }

    private String figures(CrashStage stage) {
        Map<String, Integer> outcomes = new TreeMap<>();
        stage.state().inbox().forEach(row -> outcomes.merge(row.outcome(), 1, Integer::sum));
        Map<String, Integer> sends = new TreeMap<>();
        stage.state().outbox().forEach(row -> sends.merge(row.state(), 1, Integer::sum));
        return "seed %d, %d kills, %d people, %d messages; outcomes %s; sends %s"
                .formatted(SEED, KILLS, PEOPLE, IntStream.of(said).sum(), outcomes, sends);
    }
}
