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

/** Direct chats with nothing said about visible replies: only the message tool speaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ToolOnlyBotIT {

    private BotFixture bot;

    @BeforeAll
    void start(@TempDir Path root) throws IOException {
        bot = BotFixture.onTelegram(root, ScriptedModel.start(), "");
    }

    @AfterAll
    void stop() {
        bot.close();
    }

    @Test
    void whatTheToolSendsArrivesAndTheFinalTextDoesNot() {
        Chat ann = bot.person(0);

        ann.says("tell me kelp");

        ann.awaitText("kelp");
        bot.awaitQuiet();
        assertThat(ann.texts()).containsExactly("kelp");
    }

    @Test
    void aTextThatNobodySawIsNotPostedButPointedAt() {
        Chat ann = bot.person(1);

        ann.says("hello");

        ann.awaitContaining("message tool");
        bot.awaitQuiet();
        assertThat(ann.texts()).hasSize(1).noneMatch(text -> text.startsWith("Echo"));
    }

    @Test
    void aCommandIsAnsweredOpenly() {
        Chat ann = bot.person(2);

        ann.says("/whoami");

        ann.awaitContaining("1003");
        bot.awaitQuiet();
    }
}
