package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees when the config makes their thread useless. */
final class ThreadBotIT {

    private static final String NO_SEARCH = "tools: { web: { search: { enabled: false } } },";

    @Test
    void aReplacedThreadIsToldThePastAndThePersonIsTold(@TempDir Path root) throws IOException {
        try (BotFixture bot = BotFixture.onTelegram(root, ScriptedModel.start())) {
            Chat ann = bot.person(0);
            ann.says("my cat is called Mim");
            ann.awaitContaining("Echo: my cat is called Mim");
            ann.says("/status");
            ann.awaitContaining("Turn:");
            assertThat(ann.texts()).noneMatch(text -> text.contains("Thread replaced"));
            bot.awaitQuiet();

            bot.stop();
            rewrite(bot, "{", "{ " + NO_SEARCH);
            bot.start();
            ann.says("and now");

            ann.awaitContaining("because the settings for web search changed");
            bot.awaitQuiet();
            assertThat(ann.texts().getLast())
                    .contains("What was said before was handed over")
                    .contains("Echo: and now");
            assertThat(lastRequest(bot))
                    .contains("> [")
                    .contains("my cat is called Mim")
                    .doesNotContain("\"type\":\"web_search\"");
            ann.says("/status");
            ann.awaitContaining("webSearchThreadConfigFingerprint");

            ann.says("/new");
            ann.says("fresh");
            ann.awaitContaining("Echo: fresh");
            bot.awaitQuiet();
            assertThat(lastRequest(bot)).doesNotContain("Mim");

            bot.stop();
            rewrite(bot, NO_SEARCH, "");
            bot.start();
            ann.says("once more");
            ann.awaitContaining("Echo: once more");
            bot.awaitQuiet();
            assertThat(lastRequest(bot)).contains("fresh").doesNotContain("Mim");
        }
    }

    private static void rewrite(BotFixture bot, String old, String replacement) throws IOException {
        Path file = bot.stateDirectory().resolve("chela.json");
        String text = Files.readString(file);
        int at = text.indexOf(old);
        Files.writeString(
                file, text.substring(0, at) + replacement + text.substring(at + old.length()));
    }

    private static String lastRequest(BotFixture bot) {
        return bot.model().requests().getLast().body().toString();
    }
}
