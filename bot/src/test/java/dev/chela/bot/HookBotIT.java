package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.harness.scripted.ModelReply;
import dev.chela.harness.scripted.ModelRequest;
import dev.chela.harness.scripted.PhraseMind;
import dev.chela.harness.scripted.ReplyStep;
import dev.chela.harness.scripted.ScriptedMind;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read where {@code tools.deny} forbids what they ask for. */
final class HookBotIT {

    private static final String FORBIDDEN = "the operator's tools.deny forbids this tool (Bash)";

    @TempDir private Path root;

    @Test
    void aForbiddenCommandIsNotRunAlsoAfterARestartAndThePersonReadsWhy() throws IOException {
        Path file = root.resolve("ran");
        UnaryOperator<String> rule = config -> denying(config, "Bash");
        try (BotFixture bot = BotFixture.onTelegram(root, ScriptedModel.start(), rule, Map.of())) {
            Chat person = bot.person(0);

            person.says("run touch '%s'".formatted(file));
            person.awaitContaining(FORBIDDEN);
            person.says("a red crab");
            person.awaitText("Echo: a red crab");
            bot.awaitQuiet();
            bot.restart();
            person.says("run touch '%s.2'".formatted(file));
            person.awaitContaining("touch '%s.2'".formatted(file));
            bot.awaitQuiet();

            assertThat(root.resolve("ran.2")).doesNotExist();
            assertThat(file).doesNotExist();
            assertThat(Files.getPosixFilePermissions(bot.stateDirectory().resolve("hook-relay")))
                    .hasSize(3);
        }
    }

    @Test
    void whatBelongsToTheBotIsLeftOutAndNoHookIsNeededForIt() throws IOException {
        UnaryOperator<String> rule = config -> denying(config, "Message");
        try (BotFixture bot = BotFixture.onTelegram(root, ScriptedModel.start(), rule, Map.of())) {
            bot.person(0).says("tell me news");
            bot.person(0).awaitContaining("unsupported call");
            assertThat(bot.stateDirectory().resolve("hook-relay")).doesNotExist();
        }
    }

    /** The server lives on, its turn too: what nobody can be asked about is not done. */
    @Test
    void whileTheBotIsGoneNothingForbiddenIsDone() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        ScriptedModel model = ScriptedModel.builder().otherwise(patching(working, gone)).start();
        UnaryOperator<String> rule = config -> BotConfig.outlived(denying(config, "exec"));
        try (BotFixture bot = BotFixture.onTelegram(root, model, rule, Map.of())) {
            Chat person = bot.person(0);
            person.says("patch it");
            assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
            bot.stop();
            gone.countDown();
            awaitAsked(model);
            bot.start();

            person.awaitContaining("Native hook relay unavailable");
            bot.awaitQuiet();
            assertThat(bot.stateDirectory().resolve("workspace").resolve("late.txt"))
                    .doesNotExist();
        }
    }

    private static void awaitAsked(ScriptedModel model) {
        Await.until(
                "the model hears of it",
                () -> model.requests().stream().anyMatch(r -> !r.outputs().isEmpty()),
                () -> "requests: " + model.requests().size());
    }

    /** Thinks until the bot is gone, then patches and says what came of it. */
    private static ScriptedMind patching(CountDownLatch working, CountDownLatch gone) {
        PhraseMind phrases = new PhraseMind();
        return request -> {
            if (!request.userText().contains("patch it")) {
                return phrases.answer(request);
            }
            return request.outputs().isEmpty()
                    ? patch(working, gone)
                    : ModelReply.text(output(request).orElse("nothing"));
        };
    }

    private static Optional<String> output(ModelRequest request) {
        return request.lastOutput();
    }

    private static ModelReply patch(CountDownLatch working, CountDownLatch gone) {
        working.countDown();
        try {
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ModelReply.silent()
                .then(
                        new ReplyStep.FreeFormCalled(
                                "apply_patch",
                                "*** Begin Patch\n*** Add File: late.txt\n+late\n*** End Patch\n"));
    }

    private static String denying(String config, String tool) {
        return config.replace(
                "channels: {", "tools: { deny: [\"%s\"] }, channels: {".formatted(tool));
    }
}
