package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.bot.kit.ChildBot;
import dev.chela.bot.kit.CrashStage;
import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that are bound to a thread and let go; each test is another person. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BindBotIT {

    private static final String TOOL_ONLY = "visibleReplies: \"message_tool\",";

    private Path work;
    private BotFixture bot;

    @BeforeAll
    void start(@TempDir Path root) throws IOException {
        work = Files.createDirectories(root.resolve("work"));
        bot = bot(root);
    }

    @AfterAll
    void stop() {
        bot.close();
    }

    @Test
    void aChatIsBoundAfterItsApprovalTalksAndIsLetGo() {
        Chat ann = bot.person(0);
        ann.says("/codex bind");
        ann.awaitContaining("Binding needs an approval");
        ann.press(ann.awaitButton("Allow once"), "Allow once");
        ann.awaitContaining("Bound to thread");

        // Here only what the message tool sends is shown, but a bound chat always sees its answer.
        ann.says("hello bound");
        ann.awaitText("Echo: hello bound");
        ann.says("run touch from-the-chat");
        Await.until("the file", () -> Files.exists(work.resolve("from-the-chat")), ann::texts);
        ann.says("/codex binding");
        String binding = Chat.plain(ann.awaitContaining("bound by"));
        assertThat(binding).contains("Workspace: " + work, "approvals never");

        bot.awaitQuiet();
        ann.says("/codex detach");
        ann.awaitContaining("Detached; the thread is kept");
        ann.says("/codex binding");
        ann.awaitContaining("No thread yet");
        ann.says("/codex unbind");
        ann.awaitText("Nothing was attached here.");
        bot.awaitQuiet();
    }

    @Test
    void aDenialLeavesEverythingAsItWas() {
        Chat ann = bot.person(1);
        ann.says("tell me news");
        ann.awaitText("news");
        bot.awaitQuiet();
        ann.says("/codex bind");
        ann.press(ann.awaitButton("Deny"), "Deny");
        ann.awaitContaining("Not bound: it was denied");

        ann.says("tell me more");
        ann.awaitText("more");
        ann.says("/codex binding");
        assertThat(Chat.plain(ann.awaitContaining("Thread:"))).doesNotContain("Claim");
        bot.awaitQuiet();
    }

    @Test
    void aRequestThatWaitsSurvivesARestart() {
        Chat ann = bot.person(2);
        ann.says("/codex bind");
        BotMessage card = ann.awaitButton("Allow once");
        bot.awaitQuiet();

        bot.restart();
        ann.press(card, "Allow once");

        ann.awaitContaining("Bound to thread");
        bot.restart();
        ann.says("hello after both");
        ann.awaitText("Echo: hello after both");
        bot.awaitQuiet();
    }

    @Test
    void aRequestIsMadeOnceAndCanBeTakenBack() {
        Chat ann = bot.person(3);
        ann.says("/codex bind");
        ann.awaitButton("Allow once");
        ann.says("/codex bind");
        ann.awaitContaining("already claimed by an earlier");
        ann.says("/codex unbind");
        ann.awaitContaining("Taken back");
        ann.awaitContaining("no longer needed");
        ann.says("/codex binding");
        ann.awaitContaining("No thread yet");
        bot.awaitQuiet();
    }

    @Test
    void aNewSessionOfABoundChatIsANewThreadInTheSameFolder() {
        Chat ann = bound(4);
        ann.says("hello one");
        ann.awaitText("Echo: hello one");
        bot.awaitQuiet();
        ann.says("/new");
        ann.awaitContaining("A new session has begun");
        ann.says("/codex binding");
        ann.awaitContaining("the next message begins one");
        ann.says("run touch after-new");
        Await.until("the file", () -> Files.exists(work.resolve("after-new")), ann::texts);
        bot.awaitQuiet();
    }

    @Test
    void bindingAgainAsksNobody(@TempDir Path elsewhere) throws IOException {
        Chat ann = bound(5);
        ann.says("/codex bind --cwd '" + elsewhere + "'");
        String again = Chat.plain(ann.awaitContaining(elsewhere.toString()));
        assertThat(again).startsWith("Bound to thread");
        ann.says("run touch elsewhere");
        Await.until("the file", () -> Files.exists(elsewhere.resolve("elsewhere")), ann::texts);
        bot.awaitQuiet();
    }

    @Test
    void anotherChatMayNotTakeTheThreadOfABoundOne() {
        Chat ann = bound(9);
        Chat bob = bot.person(10);
        ann.says("hello mine");
        ann.awaitText("Echo: hello mine");
        String bound = Chat.plain(ann.awaitContaining("Bound to thread"));
        String thread = bound.replaceAll("(?s)Bound to thread (\\S+) in.*", "$1");

        bob.says("/codex bind " + thread);

        bob.awaitContaining("Nothing was bound: that thread is already claimed");
        bob.says("/codex resume " + thread);
        bob.awaitContaining("was not resumed and the binding is as it was: that thread is already");
        ann.says("/codex detach");
        ann.awaitContaining("Detached; the thread is kept");
        bob.says("/codex bind " + thread);
        bob.press(bob.awaitButton("Allow once"), "Allow once");
        bob.awaitContaining("Bound to thread " + thread);
        bob.says("hello from bob");
        bob.awaitText("Echo: hello from bob");
        bot.awaitQuiet();
    }

    @Test
    void unbindingThatIsRepeatedAfterACrashTakesNothingElse() {
        Chat ann = bot.person(11);
        ann.says("tell me news");
        ann.awaitText("news");
        bot.awaitQuiet();
        ann.says("/codex bind");
        ann.press(ann.awaitButton("Allow once"), "Allow once");
        ann.awaitContaining("Bound to thread");
        bot.awaitQuiet();
        ann.says("/codex unbind");
        ann.awaitContaining("Detached; the thread is kept");
        bot.awaitQuiet();

        bot.stop();
        bot.state().forgetNewestAnswer();
        bot.start();
        bot.awaitQuiet();

        assertThat(ann.texts()).filteredOn(text -> text.startsWith("Detached; the")).hasSize(2);
        ann.says("/codex binding");
        assertThat(Chat.plain(ann.awaitContaining("Thread:"))).doesNotContain("No thread yet");
        bot.awaitQuiet();
    }

    @Test
    void whoMayNotGiveCommandsIsNotHeardInABoundGroup() {
        Chat group = new Chat(bot.telegram(), BotConfig.OPEN_GROUP);
        long ann = BotConfig.FIRST_PERSON + 6;
        bot.telegram().says(group.id(), ann, "/codex@chela_test_bot bind");
        BotMessage card = group.awaitButton("Allow once");
        bot.telegram()
                .presses(group.id(), ann, card.id(), Chat.button(card, "Allow once").orElseThrow());
        group.awaitContaining("Bound to thread");

        bot.telegram().says(group.id(), 88_001, "@chela_test_bot let me in");
        bot.telegram().says(group.id(), ann, "@chela_test_bot hello group");

        group.awaitContaining("hello group");
        bot.awaitQuiet();
        assertThat(bot.asked("let me in")).isZero();
        assertThat(bot.state().inbox())
                .filteredOn(row -> row.conversation().contains("302"))
                .extracting(row -> row.outcome())
                .contains("ignored", "answered");
    }

    @Test
    void nonsenseBindsNothing() {
        Chat ann = bot.person(7);
        ann.says("/codex bind --cwd");
        ann.awaitContaining("Usage: /codex bind [thread-id]");
        ann.says("/codex bind --cwd /no/such/folder");
        ann.awaitContaining("does not exist on this machine");
        ann.says("/codex bind --cwd relative");
        ann.awaitContaining("not an absolute path");
        ann.says("/codex bind 01a2182e-0000-7000-8000-000000000000");
        ann.awaitContaining("there is no such thread");
        ann.says("/codex steer hello");
        ann.awaitContaining("No turn is running here");
        ann.says("/codex binding");
        ann.awaitContaining("No thread yet");
        bot.awaitQuiet();
    }

    @Test
    void alwaysIsRememberedForTheChannel(@TempDir Path root) throws IOException {
        try (BotFixture other = bot(root)) {
            Chat ann = other.person(0);
            Chat bob = other.person(1);
            ann.says("/codex bind");
            ann.press(ann.awaitButton("Always allow"), "Always allow");
            ann.awaitContaining("Bound to thread");

            bob.says("/codex bind");

            bob.awaitContaining("Bound to thread");
            bob.says("hello bob");
            bob.awaitText("Echo: hello bob");
            other.awaitQuiet();

            Chat eve = other.person(2);
            eve.says("/codex forget");
            eve.awaitContaining("asks again on this account");
            eve.says("/codex bind");
            eve.awaitButton("Always allow");
            bob.says("hello still bound");
            bob.awaitText("Echo: hello still bound");
            eve.says("/codex unbind");
            eve.awaitContaining("Taken back");
            other.awaitQuiet();
        }
    }

    @Test
    void whatIsAlwaysAllowedMeanwhileIsNotAskedForAfterARestart(@TempDir Path root)
            throws IOException {
        try (BotFixture other = bot(root)) {
            Chat ann = other.person(0);
            Chat bob = other.person(1);
            ann.says("/codex bind");
            ann.awaitButton("Always allow");
            bob.says("/codex bind");
            bob.press(bob.awaitButton("Always allow"), "Always allow");
            bob.awaitContaining("Bound to thread");
            other.awaitQuiet();

            other.restart();

            ann.awaitContaining("Bound to thread");
            ann.awaitContaining("no longer needed");
            other.awaitQuiet();
        }
    }

    @Test
    void aRequestStaysDecidableWhenTheProcessDiesBeforeItIsBound(@TempDir Path root)
            throws IOException {
        try (CrashStage stage = CrashStage.open(root)) {
            Chat ann = stage.person(0);
            Chat bob = stage.person(1);
            BotMessage card;
            try (ChildBot bot = stage.start(Map.of())) {
                ann.says("/codex bind");
                card = ann.awaitButton("Allow once");
                bob.says("/codex bind");
                bob.press(bob.awaitButton("Always allow"), "Always allow");
                bob.awaitContaining("Bound to thread");
                Await.until("quiet", () -> stage.isQuiet(2), bot::output);
                bot.kill();
            }
            try (ChildBot bot = stage.start(Map.of("CHELA_HALT_AT", "before:session.claimed"))) {
                bot.awaitEnd();
            }
            stage.state().forgetGrants();

            try (ChildBot bot = stage.start(Map.of())) {
                ann.press(card, "Allow once");
                ann.awaitContaining("Bound to thread");
                Await.until("quiet", () -> stage.isQuiet(2), bot::output);
            }
        }
    }

    @Test
    void aBoundChatCannotBeSteeredByAccident() {
        Chat ann = bound(8);
        ann.says("slow 2");
        Await.until("the slow answer", () -> bot.asked("slow 2") == 1, ann::texts);

        ann.says("and then this");

        ann.awaitText("This answer comes slowly, one word after the other.");
        ann.awaitText("Echo: and then this");
        bot.awaitQuiet();
    }

    @Test
    void bindingIsRefusedWhereAskingIsTheOnlyGuard(@TempDir Path root) throws IOException {
        String asking = "approvalPolicy: \"on-request\", sandbox: \"danger-full-access\",";
        try (BotFixture other =
                BotFixture.onTelegram(root, ScriptedModel.start(), TOOL_ONLY, asking)) {
            Chat ann = other.person(0);
            ann.says("/codex bind");
            ann.awaitContaining("asking people is the only guard");
            other.awaitQuiet();
        }
    }

    private Chat bound(int person) {
        Chat chat = bot.person(person);
        chat.says("/codex bind");
        chat.press(chat.awaitButton("Allow once"), "Allow once");
        chat.awaitContaining("Bound to thread");
        return chat;
    }

    private BotFixture bot(Path root) throws IOException {
        String appServer =
                "approvalPolicy: \"never\", defaultWorkspaceDir: \"%s\",".formatted(work);
        return BotFixture.onTelegram(root, ScriptedModel.start(), TOOL_ONLY, appServer);
    }
}
