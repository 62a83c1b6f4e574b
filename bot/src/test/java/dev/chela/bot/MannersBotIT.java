package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.channels.telegram.kit.BotCall;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the config says of listening and acknowledging, seen on Telegram. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MannersBotIT {

    private static final String MESSAGES =
            """
            visibleReplies: "automatic", responsePrefix: "🦀",
            ackReactionScope: "all", removeAckAfterReply: true,
            inbound: { byChannel: { telegram: 600 } },
            tts: { auto: "always" }, groupChat: { mentionPatterns: ["\\\\bcrabby\\\\b"] },
            """;

    private BotFixture bot;

    @BeforeAll
    void start(@TempDir Path root) throws IOException {
        bot = BotFixture.onTelegram(root, ScriptedModel.start(), MESSAGES);
    }

    @AfterAll
    void stop() {
        bot.close();
    }

    @Test
    void wordsInQuickSuccessionAreOneTurn() {
        Chat ann = bot.person(0);
        ann.says("one thing");
        ann.says("and another");

        ann.awaitText("🦀 Echo: one thing\nand another");

        bot.awaitQuiet();
        assertThat(ann.texts()).hasSize(1);
    }

    @Test
    void aCommandWaitsForNobody() {
        Chat ann = bot.person(1);
        ann.says("remember this");
        ann.says("/whoami");

        ann.awaitContaining("1002");
        ann.awaitText("🦀 Echo: remember this");
        bot.awaitQuiet();
    }

    @Test
    void keysWithoutEffectAreCountedInTheStatus() {
        Chat ann = bot.person(3);
        ann.says("/status");

        ann.awaitContaining("1 warning; chela config validate tells it");
        bot.awaitQuiet();
    }

    @Test
    void aMessageIsMarkedAsSeenUntilItIsAnswered() {
        Chat ann = bot.person(2);
        int message = ann.says("look at me");

        ann.awaitText("🦀 Echo: look at me");
        bot.awaitQuiet();

        Await.until(
                "the mark is gone",
                () -> marks(ann.id(), message).size() == 2,
                () -> marks(ann.id(), message));
        assertThat(marks(ann.id(), message)).first().asString().contains("👀");
        assertThat(marks(ann.id(), message)).last().asString().doesNotContain("👀");
    }

    @Test
    void aReactionOfTheAgentStaysWhenTheMarkWouldGo() {
        Chat ann = bot.person(4);
        int message = ann.says("call openclaw.message {\"action\":\"react\",\"emoji\":\"👍\"}");

        ann.awaitContaining("🦀");
        ann.says("and now");
        ann.awaitText("🦀 Echo: and now");
        bot.awaitQuiet();

        assertThat(marks(ann.id(), message)).hasSize(2);
        assertThat(marks(ann.id(), message)).last().asString().contains("👍");
    }

    @Test
    void aGroupMayCallTheBotByAnotherName() {
        Chat group = new Chat(bot.telegram(), BotConfig.GROUP);
        bot.telegram().says(BotConfig.GROUP, BotConfig.FIRST_PERSON, "Crabby, are you there");

        group.awaitContaining("Crabby, are you there");
        bot.awaitQuiet();
    }

    private List<String> marks(long chat, int message) {
        return bot.telegram().calls("setMessageReaction").stream()
                .filter(call -> call.parameter("chat_id").equals(String.valueOf(chat)))
                .filter(call -> call.parameter("message_id").equals(String.valueOf(message)))
                .map(BotCall::toString)
                .toList();
    }
}
