package dev.chela.bot;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Leftovers;
import dev.chela.harness.appserver.AppServerHealth;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the app-server at random moments of running turns. What Codex cannot tell of afterwards is
 * not done again but told about.
 */
final class ServerKillIT {

    private static final int KILLS = 2;
    private static final Duration LATEST = Duration.ofMillis(2_500);
    private static final String ONE_BY_ONE =
            "visibleReplies: \"automatic\", queue: { mode: \"followup\", debounceMs: 0 },";

    @TempDir private Path root;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyTurnIsAnsweredOrToldAbout(TestReporter reporter)
            throws IOException, InterruptedException, ExecutionException {
        play(KillSeeds.few("app-server"), reporter);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyTurnIsAnsweredOrToldAboutWithManySeeds(TestReporter reporter)
            throws IOException, InterruptedException, ExecutionException {
        play(KillSeeds.many("app-server"), reporter);
    }

    private void play(KillSeeds seeds, TestReporter reporter)
            throws IOException, InterruptedException, ExecutionException {
        try (BotFixture bot =
                BotFixture.onTelegram(root.resolve("bot"), ScriptedModel.start(), ONE_BY_ONE)) {
            seeds.inTurn().run(seed -> played(bot, seed, seeds.seeds().indexOf(seed)), reporter);
        }
        Await.until(
                "the end of every process",
                () -> Leftovers.of(root).isEmpty(),
                () -> Leftovers.of(root).stream().map(ProcessHandle::info).toList());
    }

    private static String played(BotFixture bot, long seed, int talkNumber) {
        Random random = new Random(seed);
        KillTalk talk =
                new KillTalk(talkNumber, bot::person, bot.stateDirectory().resolve("workspace"));
        talk.everybodySpeaks();
        for (int kill = 0; kill < KILLS; kill++) {
            Await.within(
                    Duration.ofMillis(random.nextLong(LATEST.toMillis())),
                    () -> {
                        talk.react();
                        return false;
                    });
            server(bot).ifPresent(ProcessHandle::destroyForcibly);
        }
        awaitQuiet(bot, talk);
        talk.everybodyGoesOn();
        awaitQuiet(bot, talk);
        talk.check(bot.state());
        return talk.outcomes(bot.state()).toString();
    }

    private static Optional<ProcessHandle> server(BotFixture bot) {
        return bot.chela().agents().servers().health().stream()
                .map(AppServerHealth::pid)
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(ProcessHandle::of);
    }

    private static void awaitQuiet(BotFixture bot, KillTalk talk) {
        Await.until(
                "the end of all work",
                () -> {
                    talk.react();
                    return bot.isQuiet();
                },
                () -> talk + "\n" + bot.state().inbox() + "\n" + bot.state().outbox());
    }
}
