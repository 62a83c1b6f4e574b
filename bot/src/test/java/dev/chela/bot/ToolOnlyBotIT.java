package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    void theAgentReactsToAndAnswersTheMessageItWasGivenWithoutKnowingItsId() {
        Chat ann = bot.person(3);

        int liked = ann.says("call openclaw.message {\"action\":\"react\",\"emoji\":\"👍\"}");
        Await.until(
                "a reaction to " + liked,
                () -> reactedTo(ann).contains(String.valueOf(liked)),
                () -> reactedTo(ann));
        int asked = ann.says("call openclaw.message {\"action\":\"reply\",\"message\":\"kelp\"}");
        ann.awaitText("kelp");
        bot.awaitQuiet();

        assertThat(bot.telegram().calls("sendMessage"))
                .filteredOn(call -> call.parameter("chat_id").equals(String.valueOf(ann.id())))
                .singleElement()
                .satisfies(
                        call ->
                                assertThat(call.parameter("reply_parameters"))
                                        .contains(String.valueOf(asked)));
    }

    @Test
    void aCommandIsAnsweredOpenly() {
        Chat ann = bot.person(2);

        ann.says("/whoami");

        ann.awaitContaining("1003");
        bot.awaitQuiet();
    }

    private List<String> reactedTo(Chat chat) {
        return bot.telegram().calls("setMessageReaction").stream()
                .filter(call -> call.parameter("chat_id").equals(String.valueOf(chat.id())))
                .map(call -> call.parameter("message_id"))
                .toList();
    }
}
