package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.harness.SessionKey;
import dev.chela.harness.scripted.ModelRequest;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Questions on Telegram beside what the agent works on; each test is other people of one bot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SideBotIT {

    private static final String SLOW = "This answer comes slowly, one word after the other.";
    private static final long STRANGER = 77;

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
    void itIsAnsweredWhileTheAgentWorksAndTheConversationNeverKnowsOfIt() {
        Chat ann = bot.person(0);
        ann.says("slow 8");
        Await.until("the turn", () -> bot.asked("slow 8") == 1, ann::texts);

        int question = ann.says("/btw what is a lobster");

        BotMessage aside = ann.awaitContaining("Echo: what is a lobster");
        assertThat(Chat.plain(aside)).isEqualTo("Side question\n\nEcho: what is a lobster");
        assertThat(aside.parameter("reply_parameters")).contains(String.valueOf(question));
        assertThat(ann.count(SLOW)).as("the turn still runs: %s", ann.texts()).isZero();
        ann.awaitText(SLOW);
        ann.says("and now");
        ann.awaitText("Echo: and now");
        bot.awaitQuiet();
        ModelRequest next = request("and now");
        assertThat(next.body().toString()).contains("slow 8").doesNotContain("lobster");
        assertThat(ann.count(SLOW)).isEqualTo(1);
        SessionKey session = new SessionKey("agent:main:telegram:direct:" + ann.id());
        assertThat(bot.chela().agents().sessions().transcripts().recent(session, 100).toString())
                .contains("and now")
                .doesNotContain("lobster");
    }

    @Test
    void aSessionThatHasNotBegunStaysSo() {
        Chat ann = bot.person(1);
        ann.says("/btw");
        ann.awaitText("Usage: /btw <question>");

        ann.says("/side what is a crab");

        ann.awaitText("Side question\n\nEcho: what is a crab");
        ann.says("/codex binding");
        ann.awaitContaining("No thread yet");
        bot.awaitQuiet();
    }

    @Test
    void whatTheModelsServerRefusesIsSaid() {
        Chat ann = bot.person(2);

        ann.says("/btw fail quota");

        ann.awaitContaining("⚠️ The account's usage limit is reached.");
        bot.awaitQuiet();
    }

    @Test
    void aStopGivesItUpWhenNothingElseRuns() {
        Chat ann = bot.person(3);
        ann.says("/btw slow 61");
        Await.until("the question", () -> bot.asked("slow 61") == 1, ann::texts);

        ann.says("/stop");

        ann.awaitText("The side question is given up.");
        bot.awaitQuiet();
        ann.says("/stop");
        ann.awaitText("Nothing is running here.");
        assertThat(ann.texts()).hasSize(2);
    }

    @Test
    void aThirdAtOnceIsRefused() {
        Chat ann = bot.person(4);
        ann.says("/btw slow 62");
        ann.says("/btw slow 63");
        Await.until("both", () -> bot.asked("slow 62") + bot.asked("slow 63") == 2, ann::texts);

        ann.says("/btw and this");

        ann.awaitContaining("Too many side questions are being answered here.");
        ann.says("/stop");
        ann.awaitText("2 side questions are given up.");
        bot.awaitQuiet();
    }

    @Test
    void oneThatABotLeavesAtItsEndIsAnsweredByTheNext() {
        Chat ann = bot.person(5);
        ann.says("/btw slow 5");
        Await.until("the question", () -> bot.asked("slow 5") == 1, ann::texts);

        bot.restart();

        ann.awaitText("Side question\n\n" + SLOW);
        bot.awaitQuiet();
        assertThat(bot.asked("slow 5")).isEqualTo(2);
        assertThat(ann.texts()).hasSize(1);
    }

    @Test
    void aBoundChatAsksItsOwnThread() {
        Chat ann = bot.person(6);
        ann.says("/codex bind");
        ann.press(ann.awaitButton("Allow once"), "Allow once");
        ann.awaitContaining("Bound to thread");
        ann.says("we speak of whelks");
        ann.awaitText("Echo: we speak of whelks");

        ann.says("/btw of what");

        ann.awaitText("Side question\n\nEcho: of what");
        assertThat(request("of what").body().toString()).contains("we speak of whelks");
        ann.says("/codex detach");
        ann.awaitContaining("Detached; the thread is kept");
        bot.awaitQuiet();
    }

    @Test
    void inAGroupItIsForWhoeverMayGiveCommands() {
        Chat group = new Chat(bot.telegram(), BotConfig.OPEN_GROUP);

        bot.telegram().says(BotConfig.OPEN_GROUP, STRANGER, "/btw@chela_test_bot of strangers");
        bot.telegram()
                .says(
                        BotConfig.OPEN_GROUP,
                        BotConfig.FIRST_PERSON + 7,
                        "/btw@chela_test_bot of friends");

        group.awaitText("Side question\n\nEcho: of friends");
        bot.awaitQuiet();
        assertThat(bot.asked("of strangers")).isZero();
        assertThat(group.texts()).hasSize(1);
    }

    private ModelRequest request(String words) {
        return bot.model().requests().stream()
                .filter(one -> one.userText().contains(words))
                .toList()
                .getLast();
    }
}
