package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.ChildBot;
import dev.chela.bot.kit.CrashStage;
import dev.chela.bot.kit.Leftovers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the bot at random moments of running turns while its app-server outlives it. A turn does
 * not notice, so that every one is answered.
 */
final class BotKillIT {

    private static final int KILLS = 2;
    private static final Duration LATEST = Duration.ofMillis(3_500);

    @TempDir private Path root;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyTurnIsAnsweredWhenever(TestReporter reporter)
            throws InterruptedException, ExecutionException {
        KillSeeds.few("bot").run(this::seed, reporter);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyTurnIsAnsweredWheneverWithManySeeds(TestReporter reporter)
            throws InterruptedException, ExecutionException {
        KillSeeds.many("bot").run(this::seed, reporter);
    }

    @Test
    void anAskedStopLeavesTheTurnAndTheNextStartDeliversItsAnswer() throws IOException {
        try (CrashStage stage = CrashStage.outlived(root.resolve("stop"))) {
            KillTalk talk = new KillTalk(0, stage::person, stage.workspace());
            try (ChildBot bot = stage.start(Map.of())) {
                bot.awaitReady(1);
                talk.everybodySpeaks();
                Await.until(
                        "an approval and two turns at work",
                        () ->
                                stage.asked("slow 3 seconds") == 1
                                        && stage.asked("run echo") == 1
                                        && !stage.person(4).messages().isEmpty(),
                        bot::output);
            }
            assertThat(Leftovers.of(stage.root())).as("the server at work").isNotEmpty();
            finish(stage, talk, 2);
            assertThat(talk.outcomes(stage.state())).containsOnlyKeys("answered");
        }
    }

    private String seed(long seed) throws IOException {
        Random random = new Random(seed);
        try (CrashStage stage = CrashStage.outlived(root.resolve("seed" + seed))) {
            KillTalk talk = new KillTalk(0, stage::person, stage.workspace());
            ChildBot bot = stage.start(Map.of());
            bot.awaitReady(1);
            talk.everybodySpeaks();
            for (int kill = 1; kill <= KILLS; kill++) {
                Await.within(
                        Duration.ofMillis(random.nextLong(LATEST.toMillis())),
                        () -> {
                            talk.react();
                            return false;
                        });
                bot.kill();
                if (kill < KILLS) {
                    bot = stage.start(Map.of());
                    bot.awaitReady(kill + 1);
                }
            }
            finish(stage, talk, KILLS + 1);
            assertThat(talk.outcomes(stage.state())).containsOnlyKeys("answered");
            return talk.outcomes(stage.state()).toString();
        }
    }

    /** A last bot that nobody kills, then the end of everything. */
    private static void finish(CrashStage stage, KillTalk talk, int starts) throws IOException {
        try (ChildBot bot = stage.start(Map.of())) {
            bot.awaitReady(starts);
            awaitQuiet(stage, talk, KillTalk.PEOPLE);
            talk.everybodyGoesOn();
            awaitQuiet(stage, talk, 2 * KillTalk.PEOPLE);
            talk.check(stage.state());
        }
        assertThat(stage.command("gateway", "stop", "--all")).isZero();
        Await.until(
                "the end of every process",
                () -> Leftovers.of(stage.root()).isEmpty(),
                () -> Leftovers.of(stage.root()).stream().map(ProcessHandle::info).toList());
    }

    private static void awaitQuiet(CrashStage stage, KillTalk talk, int messages) {
        Await.until(
                "the end of all work",
                () -> {
                    talk.react();
                    return stage.isQuiet(messages);
                },
                () -> talk + "\n" + stage.state().inbox() + "\n" + stage.output());
    }
}
