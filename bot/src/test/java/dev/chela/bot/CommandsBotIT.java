package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.harness.codex.FailureWords;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a person on Telegram reads after each command; each test is another person of one bot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandsBotIT {

    private static final String NOTHING_RUNS = "Nothing is running here.";

    private static final Pattern COMMAND = Pattern.compile("(?<=`)/[a-z]+( [a-z]+)?(?=[` ])");

    private BotFixture bot;
    private int newcomers = 20;

    @BeforeAll
    void start(@TempDir Path root) throws IOException {
        bot = BotFixture.onTelegram(root, ScriptedModel.start());
    }

    @AfterAll
    void stop() {
        bot.close();
    }

    @Test
    void helpListsTheCommandsByWhatTheyAreForAndCommandsHowTheyAreWritten() {
        assertThat(answer("/help"))
                .startsWith("Just write: the agent works in its workspace and answers here.")
                .contains("This conversation\n\n• /new – begin a new session here\n")
                .contains("Codex\n\n• /codex – ")
                .endsWith("/commands shows how each is written.");
        assertThat(answer("/commands"))
                .contains("• /new [model or first message] – begin a new session here\n")
                .contains("• /steer <message> (also /tell) – tell the running turn something")
                .contains("• /codex <verb> – ");
        assertThat(answer("/hepl")).isEqualTo("There is no command /hepl here. /help lists them.");
    }

    @Test
    void theStartButtonOfTelegramShowsWhatCanBeSaid() {
        assertThat(answer("/start")).isEqualTo(answer("/help"));
    }

    @Test
    void aDeepLinkShowsWhatCanBeSaidAndTellsTheAgentNothing() {
        assertThat(answer("/start deep_link_payload")).isEqualTo(answer("/help"));
        bot.awaitQuiet();
        assertThat(bot.asked("deep_link_payload")).isZero();
    }

    @Test
    void aCommandForAnotherBotIsIgnoredAndADecisionForItIsSaidSo() {
        Chat group = new Chat(bot.telegram(), BotConfig.GROUP);
        long person = BotConfig.FIRST_PERSON;
        bot.telegram().says(BotConfig.GROUP, person, "@chela_test_bot hello");
        int ours = group.awaitText("Echo: [Person 1001 #1001]: hello").id();

        bot.telegram().replies(BotConfig.GROUP, person, ours, "/status@other_bot");
        bot.telegram().replies(BotConfig.GROUP, person, ours, "/approve@other_bot abc deny");

        group.awaitText("That /approve names another bot, so it is not for me.");
        bot.awaitQuiet();
        assertThat(group.texts()).hasSize(2);
    }

    @Test
    void whoamiSaysWhatToWriteIntoAnAllowList() {
        assertThat(answer(bot.person(0), "/whoami"))
                .isEqualTo(
                        """
                        • Channel: telegram
                        • You: 1001
                        • Username: person_1001
                        • For allowFrom: telegram:1001
                        • Owner: yes""");
    }

    @Test
    void statusShowsTheSessionBeforeAndAfterItsFirstTurn() {
        Chat ann = bot.person(1);

        assertThat(answer(ann, "/status"))
                .contains("• Runtime: OpenAI Codex\n• Model: gpt-5.5\n")
                .contains("• Session: agent:main:telegram:direct:1002, not begun yet\n")
                .contains("• Turn: none running\n• Replies: automatic\n")
                .contains("• Execution: approvals on-request, sandbox workspace-write\n")
                .contains("telegram ok");
        turn(ann, "hello");
        assertThat(answer(ann, "/status"))
                .containsPattern("• Session: \\S+, begun \\d+ s ago\n• Thread: [0-9a-f-]{36}\n")
                .contains("• Context: 120 of 258.4k tokens (0%); in 100, out 20\n")
                .contains("• Queue: steer, debounce 500 ms, cap 20, drop summarize\n");
    }

    @Test
    void modelIsShownListedAndSet() {
        Chat ann = bot.person(3);

        assertThat(answer(ann, "/model"))
                .startsWith("Model: gpt-5.5, the configured one.\n\n1. ")
                .contains(" – Codex's default\n")
                .endsWith("/model <number or name> switches.");
        assertThat(answer(ann, "/model GPT-5.5"))
                .isEqualTo("From the next turn on gpt-5.5 answers here.");
        assertThat(answer(ann, "/model status"))
                .isEqualTo("Model: gpt-5.5, set here; /model default goes back to gpt-5.5.");
        assertThat(answer(ann, "/model 99"))
                .isEqualTo("The list has no number 99. /model list shows it; nothing was changed.");
        assertThat(answer(ann, "/model gpt-nowhere"))
                .isEqualTo(
                        "From the next turn on gpt-nowhere answers here. It is not in Codex's"
                                + " catalogue; your provider has to know it.");
        assertThat(answer(ann, "/model default"))
                .isEqualTo("Back to the configured model. Model: gpt-5.5, the configured one.");
    }

    @Test
    void queueIsShownSetAndPutBack() {
        Chat ann = bot.person(4);

        assertThat(answer(ann, "/queue"))
                .isEqualTo(
                        "Queue mode steer (configured), debounce 500 ms (configured), cap 20"
                                + " (configured), drop summarize (configured).");
        assertThat(answer(ann, "/queue collect debounce:2s"))
                .isEqualTo(
                        "Stored. Queue mode collect (set here), debounce 2000 ms (set here), cap"
                                + " 20 (configured), drop summarize (configured).");
        assertThat(answer(ann, "/queue cap:5"))
                .as("one option leaves the mode and the other options as they are")
                .isEqualTo(
                        "Stored. Queue mode collect (set here), debounce 2000 ms (set here), cap"
                                + " 5 (set here), drop summarize (configured).");
        assertThat(answer(ann, "/queue sideways"))
                .startsWith("/queue does not know sideways. Modes: steer, followup, collect,")
                .endsWith("Nothing was changed.");
        assertThat(answer(ann, "/queue default"))
                .startsWith("Back to what is configured. Queue mode steer (configured), debounce");
    }

    @Test
    void codexShowsItsVerbsItsStateAndItsThreads() {
        String help = answer("/codex help");
        assertThat(help)
                .contains("• /codex status – the app-server, its models and account (owner)\n")
                .endsWith("• /codex help – this list");
        assertThat(answer("/codex frobnicate"))
                .isEqualTo("/codex has no verb frobnicate.\n\n" + help);
        assertThat(answer("/codex status"))
                .startsWith("• App-server: connected, version 0.")
                .contains("• Account: none, and this provider needs none\n")
                .contains("• Rate limits: none known without an account\n");
        assertThat(answer("/codex models")).contains(" (default)\n", "• gpt-5.5");
        assertThat(answer("/codex status now")).isEqualTo("Usage: /codex status");
        Chat ann = bot.person(5);
        turn(ann, "a red crab");
        assertThat(answer(ann, "/codex threads crab"))
                .containsPattern("• a red crab \\(gpt-5.5, .*, just now\\)\n  /codex resume \\S+$");
        assertThat(answer("/codex threads zebra"))
                .isEqualTo("No threads fit that. /codex threads lists the newest ones.");
    }

    @Test
    void codexSteerAndStopReachTheRunningTurn() {
        Chat ann = bot.person(6);
        assertThat(answer(ann, "/codex steer hello"))
                .isEqualTo(
                        "No turn is running here, so nothing was sent. Just say it as a message.");
        assertThat(answer("/codex steer")).isEqualTo("Usage: /codex steer <message>");
        assertThat(answer("/codex stop")).isEqualTo(NOTHING_RUNS);
        begins(ann, "slow 40");
        ann.says("/codex binding");
        assertThat(Chat.plain(ann.awaitContaining("Active turn")))
                .containsPattern("• Active turn: \\S+ since \\S{19}Z\n")
                .doesNotContain("Elsewhere");

        steers(ann, "/codex steer", "slow 41");
        ann.says("/codex stop");

        ann.awaitContaining("Stopping the turn and its commands.");
        bot.awaitQuiet();
    }

    @Test
    void steerAndStopReachTheRunningTurn() {
        Chat ann = bot.person(7);
        assertThat(answer("/steer")).isEqualTo("Usage: /steer <message>");
        assertThat(answer("/stop")).isEqualTo(NOTHING_RUNS);
        ann.says("/steer a message then");
        ann.awaitText("Echo: a message then");
        begins(ann, "slow 42");

        steers(ann, "/steer", "slow 43");
        ann.says("/stop");

        ann.awaitContaining("Stopping the turn and its commands.");
        bot.awaitQuiet();
        assertThat(answer(ann, "/stop")).isEqualTo(NOTHING_RUNS);
    }

    @Test
    void whatAStopDropsIsToldOnce() {
        Chat ann = bot.person(62);
        ann.says("/queue followup");
        ann.awaitContaining("Stored.");
        begins(ann, "slow 60");
        ann.says("and later this");
        ann.says("/stop");

        ann.awaitContaining("Stopped before I got to what waited here. Send it again");
        ann.awaitText("Stopping the turn and its commands.");
        bot.awaitQuiet();
        assertThat(bot.asked("and later this")).isZero();
    }

    @Test
    void newAndResetBeginAnewAndSayTheWayBack() {
        Chat ann = bot.person(8);
        assertThat(answer(ann, "/new")).isEqualTo("A new session has begun.");
        turn(ann, "hello");

        assertThat(answer(ann, "/reset soft"))
                .isEqualTo("The next turn starts on a fresh thread; the transcript stays.");
        assertThat(answer(ann, "/reset"))
                .matches("A new session has begun\\. /sessions restore [0-9a-f]{8} goes back\\.");
        ann.says("/new begin with this");
        ann.awaitText("Echo: begin with this");
        bot.awaitQuiet();
        assertThat(answer(ann, "/new gpt-5.5"))
                .startsWith("A new session has begun. /sessions restore ")
                .endsWith("The model is gpt-5.5.");
    }

    @Test
    void everyCommandThatAFailureNamesIsThere() {
        String commands = answer("/commands");
        String verbs = answer("/codex help");

        Set<String> named =
                FailureWords.all().stream()
                        .flatMap(words -> COMMAND.matcher(words).results())
                        .map(MatchResult::group)
                        .collect(Collectors.toSet());

        assertThat(named)
                .contains("/new", "/codex status")
                .allSatisfy(one -> assertThat(commands + verbs).contains("• " + one));
    }

    /** A quick turn and its end. */
    private void turn(Chat person, String words) {
        person.says(words);
        person.awaitText("Echo: " + words);
        bot.awaitQuiet();
    }

    private void begins(Chat person, String words) {
        person.says(words);
        Await.until("the turn of " + words, () -> bot.asked(words) == 1, person::texts);
    }

    private void steers(Chat person, String command, String words) {
        person.says(command + " " + words);
        person.awaitText("Told the running turn.");
        Await.until("the steered words", () -> bot.asked(words) == 1, person::texts);
    }

    /** What somebody new here reads; one chat gets only a message a second. */
    private String answer(String words) {
        return answer(bot.person(newcomers++), words);
    }

    /** What a person at rest reads next. */
    private static String answer(Chat person, String words) {
        int before = person.messages().size();
        person.says(words);
        BotMessage said =
                Await.thing(
                        "an answer to " + words,
                        () -> person.messages().stream().skip(before).findFirst(),
                        person::texts);
        return Chat.plain(said);
    }

    @Test
    void aMessageThatFoundNoRoomIsPointedTo() {
        Chat ann = bot.person(63);
        answer(ann, "/queue followup cap:1 drop:new");
        ann.says("slow 3");
        Await.until("the slow answer", () -> bot.asked("slow 3") == 1, ann::texts);
        ann.says("this one waits");
        int refused = ann.says("this one does not");

        BotMessage notice = ann.awaitContaining("A message is waiting already");

        assertThat(notice.parameter("reply_parameters")).contains("\"message_id\":" + refused);
        ann.awaitText("Echo: this one waits");
    }
}
