package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A bot with one owner, and an approver who may not talk to it; each test is another asker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApproverBotIT {

    private static final int PEOPLE = 10;

    private BotFixture bot;
    private Chat approver;

    @BeforeAll
    void start(@TempDir Path root) throws IOException {
        long id = BotConfig.FIRST_PERSON + PEOPLE;
        bot =
                BotFixture.onTelegramWith(
                        root,
                        ScriptedModel.start(),
                        api ->
                                BotConfig.telegramOfOneOwner(
                                        api,
                                        PEOPLE,
                                        "execApprovals: { approvers: [\"telegram:%d\"] },"
                                                .formatted(id)));
        approver = bot.person(PEOPLE);
    }

    @AfterAll
    void stop() {
        bot.close();
    }

    @Test
    void theApproverDecidesInAChatOfTheirOwn() {
        Chat ann = bot.person(1);
        ann.says("ask approval echo crab-dm");
        BotMessage card = cardAbout("crab-dm");
        ann.awaitContaining("An approver was asked");
        assertThat(ann.texts()).noneMatch(text -> text.contains("Approval needed"));

        approver.press(card, "Allow once");

        ann.awaitContaining("The command succeeded.");
        ann.awaitContaining("Approval: allowed once");
        settled("crab-dm", "allowed once");
        bot.awaitQuiet();
    }

    @Test
    void theFirstDecisionWinsAndLaterOnesAreToldSo() {
        Chat ann = bot.person(2);
        ann.says("ask approval touch twice-crab");
        BotMessage card = cardAbout("twice-crab");

        approver.press(card, "Deny");
        String second = approver.press(card, "Allow once");

        settled("twice-crab", "denied");
        assertThat(acknowledged(second)).contains("already decided: denied");
        bot.awaitQuiet();
    }

    @Test
    void onlyApproversDecideAndTheOthersAreToldSo() {
        Chat ann = bot.person(3);
        ann.says("ask approval echo crab-mine");
        BotMessage card = cardAbout("crab-mine");
        String id = id(card);

        ann.says("/approve " + id + " allow-once");
        ann.awaitContaining("You may not decide this");
        approver.says("/approve " + id.substring(0, 5) + " deny");

        approver.awaitContaining("Approval " + id + ": denied");
        settled("crab-mine", "denied");
        bot.awaitQuiet();
    }

    @Test
    void theApproverIsNotHeardOtherwise() {
        approver.says("hello, I am only an approver");
        approver.says("/status");
        Chat ann = bot.person(4);
        ann.says("and me");

        ann.awaitText("Echo: and me");
        bot.awaitQuiet();
        assertThat(bot.asked("only an approver")).isZero();
        assertThat(approver.texts()).noneMatch(text -> text.contains("Runtime"));
    }

    @Test
    void anOwnerAloneWithTheBotIsAskedThere() {
        Chat owner = bot.person(0);
        owner.says("ask approval echo crab-owner");
        BotMessage card = owner.awaitButton("Allow once");

        owner.press(card, "Allow once");

        owner.awaitContaining("The command succeeded.");
        assertThat(approver.texts()).noneMatch(text -> text.contains("crab-owner"));
        bot.awaitQuiet();
    }

    @Test
    void aPromptWhoseTurnDiedWithTheBotSaysSoAfterTheRestart() {
        Chat ann = bot.person(5);
        ann.says("ask approval echo crab-restart");
        BotMessage card = cardAbout("crab-restart");

        bot.restart();

        settled("crab-restart", "no longer needed");
        String late = approver.press(card, "Allow once");
        assertThat(acknowledged(late)).contains("already decided: no longer needed");
        bot.awaitQuiet();
    }

    private BotMessage cardAbout(String command) {
        return approver.await(
                "a prompt about " + command,
                message ->
                        Chat.plain(message).contains(command)
                                && Chat.button(message, "Allow once").isPresent());
    }

    private void settled(String command, String outcome) {
        approver.await(
                "the outcome of " + command,
                message ->
                        Chat.plain(message).contains(command)
                                && Chat.plain(message).contains("Approval: " + outcome)
                                && Chat.button(message, "Allow once").isEmpty());
    }

    private static String id(BotMessage card) {
        return Chat.plain(card).replaceAll("(?s).*/approve (\\S+) .*", "$1");
    }

    private String acknowledged(String press) {
        return Await.thing(
                        "the acknowledgement of " + press,
                        () ->
                                bot.telegram().calls("answerCallbackQuery").stream()
                                        .filter(
                                                call ->
                                                        call.parameter("callback_query_id")
                                                                .equals(press))
                                        .findFirst(),
                        () -> bot.telegram().calls("answerCallbackQuery"))
                .parameter("text");
    }
}
