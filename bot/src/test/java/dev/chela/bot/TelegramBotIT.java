package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.bot.web.PairingDesk;
import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people on Telegram say and get; each test is another person of one bot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TelegramBotIT {

    private static final byte[] PIXEL =
            Base64.getDecoder()
                    .decode(
                            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

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

    @Test
    void aStrangerIsHeardOnlyAfterPairing() {
        Chat stranger = new Chat(bot.telegram(), 77_001);
        stranger.says("let me in, secretly");
        String told = Chat.plain(stranger.awaitContaining("pairing approve telegram"));
        String code = told.replaceAll("(?s).*approve telegram (\\S+).*", "$1");
        assertThat(bot.asked("secretly")).isZero();

        ChannelRoom channels = bot.chela().channels();
        PairingDesk desk = new PairingDesk(channels.pairings(), List::of, channels::welcome);
        assertThat(desk.approve("telegram", code, Optional.empty(), true)).isPresent();
        stranger.awaitContaining("You were let in");
        stranger.says("am I in");

        stranger.awaitText("Echo: am I in");
        bot.awaitQuiet();
        assertThat(bot.asked("secretly")).isZero();
    }

    @Test
    void aGroupIsAnsweredWhenItNamesTheBotAndShowsWhatWasSaidBefore() {
        Chat group = new Chat(bot.telegram(), BotConfig.GROUP);
        long person = BotConfig.FIRST_PERSON;
        bot.telegram().says(BotConfig.GROUP, person, "the crab is red");
        bot.telegram().says(BotConfig.GROUP, person, "@chela_test_bot what was said");

        BotMessage answer = group.awaitContaining("what was said");

        bot.awaitQuiet();
        assertThat(bot.model().requests())
                .anySatisfy(
                        request ->
                                assertThat(request.userText())
                                        .contains("not addressed to you", "the crab is red"));
        assertThat(Chat.plain(answer)).doesNotContain("untrusted", "the crab is red");
        assertThat(group.texts()).hasSize(1);
    }

    @Test
    void aTopicIsAnsweredInTheTopic() {
        long person = BotConfig.FIRST_PERSON + 1;
        Chat forum = new Chat(bot.telegram(), BotConfig.FORUM);
        bot.telegram().saysInTopic(forum.id(), 42, person, "@chela_test_bot in here please");

        BotMessage answer = forum.awaitContaining("in here please");

        assertThat(answer.parameter("message_thread_id")).isEqualTo("42");
    }

    @Test
    void twoPeopleHaveTwoSessions() {
        Chat ann = bot.person(2);
        Chat bob = bot.person(3);
        ann.says("/codex binding");
        ann.awaitContaining("No thread yet");
        ann.says("my colour is teal");
        bob.says("my colour is ochre");
        ann.awaitText("Echo: my colour is teal");
        bob.awaitText("Echo: my colour is ochre");

        ann.says("/codex binding");
        bob.says("/codex binding");

        String hers = Chat.plain(ann.awaitContaining("Thread:"));
        String his = Chat.plain(bob.awaitContaining("Thread:"));
        assertThat(thread(hers)).isNotEqualTo(thread(his));
        assertThat(bot.model().requests())
                .filteredOn(request -> request.userText().contains("ochre"))
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.body().toString()).doesNotContain("teal"));
    }

    @Test
    void anEditIsNoTurn() {
        Chat ann = bot.person(4);
        int message = ann.says("before the edit");
        ann.awaitText("Echo: before the edit");

        bot.telegram().edits(ann.id(), ann.id(), message, "after the edit");
        bot.awaitQuiet();

        assertThat(bot.asked("after the edit")).isZero();
        assertThat(ann.texts()).containsExactly("Echo: before the edit");
    }

    @Test
    void aPhotoReachesTheModel() {
        Chat ann = bot.person(5);

        bot.telegram().sendsPicture(ann.id(), ann.id(), "", PIXEL, "what is this");

        ann.awaitContaining("what is this");
        assertThat(bot.model().requests())
                .filteredOn(request -> request.userText().contains("what is this"))
                .first()
                .satisfies(
                        request ->
                                assertThat(request.body().toString())
                                        .contains("input_image", "data:image/png;base64,"));
    }

    @Test
    void aTextFileReachesTheModelAsUntrustedWords() {
        Chat ann = bot.person(6);
        byte[] content = "the file says plum".getBytes(StandardCharsets.UTF_8);

        bot.telegram().sendsFile(ann.id(), ann.id(), "notes.txt", content, "read this");

        ann.awaitContaining("read this");
        assertThat(bot.model().requests())
                .anySatisfy(
                        request ->
                                assertThat(request.userText())
                                        .contains("attached file notes.txt", "the file says plum"));
    }

    @Test
    void theAgentSendsAFile() {
        Chat ann = bot.person(7);
        ann.says("write plum.txt: a plum of my own");
        ann.awaitContaining("Wrote plum.txt");

        ann.says(
                "call openclaw.message"
                        + " {\"action\":\"send\",\"message\":\"here\",\"media\":[\"plum.txt\"]}");

        BotMessage file = ann.await("a file", message -> message.file().length > 0);
        assertThat(file.fileName()).isEqualTo("plum.txt");
        assertThat(new String(file.file(), StandardCharsets.UTF_8)).contains("a plum of my own");
        assertThat(Chat.plain(file)).isEqualTo("here");
    }

    @Test
    void anotherMessageSteersTheRunningTurn() {
        Chat ann = bot.person(8);
        ann.says("slow 3");
        Await.until("the slow answer", () -> bot.asked("slow 3") == 1, ann::texts);

        ann.says("and the crab too");

        Await.until(
                "the steered words in the model",
                () ->
                        bot.model().requests().stream()
                                .anyMatch(
                                        request ->
                                                request.body().toString().contains("slow 3")
                                                        && request.userText()
                                                                .contains("and the crab too")),
                ann::texts);
        ann.awaitContaining("Echo: and the crab too");
        bot.awaitQuiet();
    }

    @Test
    void onlyWhatIsAnsweredIsShownWhenAMessageComesTwice() {
        Chat ann = bot.person(9);
        ann.says("hello twice");
        ann.awaitText("Echo: hello twice");
        bot.awaitQuiet();

        bot.telegram().comesAgain();
        bot.restart();
        ann.says("and then once");
        ann.awaitText("Echo: and then once");
        bot.awaitQuiet();

        assertThat(ann.texts()).containsExactly("Echo: hello twice", "Echo: and then once");
        assertThat(bot.asked("hello twice")).isEqualTo(1);
    }

    @Test
    void aChatBoundInASandboxAsksNobodyAndStaysInIt() {
        Chat ann = bot.person(10);
        ann.says("/codex bind");
        ann.awaitContaining("nobody is asked meanwhile");
        ann.press(ann.awaitButton("Allow once"), "Allow once");
        ann.awaitContaining("Bound to thread");

        ann.says("ask approval touch /outside-of-it");
        ann.awaitContaining("did not run");

        ann.says("/codex unbind");
        ann.awaitContaining("Detached");
        bot.awaitQuiet();
    }

    @Test
    void anEarlierThreadIsListedAndResumed() {
        Chat ann = bot.person(11);
        ann.says("a plum to remember");
        ann.awaitText("Echo: a plum to remember");
        ann.says("/codex binding");
        String first = threadId(Chat.plain(ann.awaitContaining("Thread:")));
        bot.awaitQuiet();
        ann.says("/new");
        ann.awaitContaining("A new session has begun");
        ann.says("another matter");
        ann.awaitText("Echo: another matter");
        bot.awaitQuiet();

        ann.says("/codex threads plum");
        String listed = Chat.plain(ann.awaitContaining("/codex resume"));
        assertThat(listed).contains("a plum to remember", "/codex resume " + first);
        ann.says("/codex threads --limit 5");
        ann.awaitContaining("Usage: /codex threads [filter]");
        ann.says("/codex resume " + first);
        ann.awaitContaining("goes on with thread " + first);
        ann.says("and the plum?");
        ann.awaitText("Echo: and the plum?");

        assertThat(bot.model().requests())
                .filteredOn(request -> request.userText().contains("and the plum?"))
                .first()
                .satisfies(
                        request ->
                                assertThat(request.body().toString())
                                        .contains("a plum to remember")
                                        .doesNotContain("another matter"));
        ann.says("/codex resume 01a2182e-0000-7000-8000-000000000000");
        ann.awaitContaining("there is no such thread");
    }

    private static String threadId(String binding) {
        return thread(binding).replaceAll(".*Thread: (\\S+).*", "$1");
    }

    private static String thread(String binding) {
        return binding.lines()
                .filter(line -> line.contains("Thread:"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no thread in " + binding));
    }
}
