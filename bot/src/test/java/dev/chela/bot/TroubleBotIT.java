package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.channels.telegram.kit.Misbehaviour;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get when Telegram misbehaves or the bot is restarted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TroubleBotIT {

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
    void anAnswerWaitsAsLongAsTelegramWants() {
        Chat ann = bot.person(0);
        bot.telegram().next("sendMessage", new Misbehaviour.TooManyRequests(1));

        ann.says("not so fast");

        ann.awaitText("Echo: not so fast");
        bot.awaitQuiet();
        assertThat(ann.texts()).containsExactly("Echo: not so fast");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void anAnswerSurvivesErrorPages(int status) {
        Chat ann = bot.person(status - 490);
        bot.telegram().next("sendMessage", new Misbehaviour.ErrorPage(status));

        ann.says("bad gateway");

        ann.awaitText("Echo: bad gateway");
        bot.awaitQuiet();
        assertThat(ann.texts()).containsExactly("Echo: bad gateway");
    }

    @Test
    void aSendWhoseReplyWasCutIsNotRepeatedButOffered() {
        Chat ann = bot.person(2);
        bot.telegram().next("sendMessage", new Misbehaviour.CutAfter());

        checkOffered(ann);
    }

    @Test
    void aSendWhoseReplyWasGarbageIsNotRepeatedButOffered() {
        Chat ann = bot.person(3);
        bot.telegram().next("sendMessage", new Misbehaviour.Garbage());

        checkOffered(ann);
    }

    @Test
    void aSendWhoseReplyWasTruncatedIsNotRepeatedButOffered() {
        Chat ann = bot.person(4);
        bot.telegram().next("sendMessage", new Misbehaviour.Truncated());

        checkOffered(ann);
    }

    /** A command's answer has no preview, so that the first send is the answer. */
    private void checkOffered(Chat ann) {
        ann.says("/whoami");
        BotMessage notice = ann.awaitButton("Send again");
        bot.awaitQuiet();
        assertThat(ann.texts()).hasSize(2);
        String answer = ann.texts().getFirst();

        ann.press(notice, "Send again");

        Await.until("the second copy", () -> ann.count(answer) == 2, ann::texts);
        bot.awaitQuiet();
        ann.press(notice, "Send again");
        bot.awaitQuiet();
        assertThat(ann.count(answer)).isEqualTo(2);
    }

    @Test
    void updatesThatAreGarbageOrCutAreAskedForAgain() {
        Chat ann = bot.person(5);
        bot.telegram().next("getUpdates", new Misbehaviour.Garbage());
        bot.telegram().next("getUpdates", new Misbehaviour.CutAfter());

        ann.says("through the noise");

        ann.awaitText("Echo: through the noise");
        bot.awaitQuiet();
        assertThat(bot.asked("through the noise")).isEqualTo(1);
    }

    @Test
    void aRestartInTheMiddleOfATurnIsToldAndWhatWaitedIsAnsweredAfterIt() {
        Chat ann = bot.person(6);
        ann.says("/queue followup");
        ann.awaitContaining("followup");
        ann.says("slow 60");
        Await.until("the slow answer", () -> bot.asked("slow 60") == 1, ann::texts);
        ann.says("what waited");
        Await.until("both in the inbox", () -> bot.state().open() == 2, bot.state()::inbox);

        bot.restart();

        ann.awaitText("Echo: what waited");
        bot.awaitQuiet();
        assertThat(ann.texts().subList(1, ann.texts().size()))
                .satisfiesExactly(
                        told -> assertThat(told).contains("⚠️"),
                        answer -> assertThat(answer).isEqualTo("Echo: what waited"));
        assertThat(bot.asked("slow 60")).isEqualTo(1);
    }
}
