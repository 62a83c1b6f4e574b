package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a person on Telegram lives through; each test is another person of one bot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TelegramBotIT {

    private BotFixture bot;

    @BeforeAll
    void start(@TempDir Path root) throws IOException {
        bot = BotFixture.onTelegram(root, ScriptedModel.start());
    }

    @AfterAll
    void stop() {
        bot.close();
    }

    @Test
    void aPlainMessageIsAnswered() {
        Chat ann = bot.person(0);

        ann.says("hello crab");

        ann.awaitText("Echo: hello crab");
        bot.awaitQuiet();
        assertThat(ann.texts()).containsExactly("Echo: hello crab");
        assertThat(bot.telegram().calls("sendChatAction")).isNotEmpty();
    }
}
