package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.harness.kit.Processes;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Approvals, questions and commands on Telegram; each test is another person of one bot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ControlBotIT {

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
    void aButtonApproves() {
        Chat ann = bot.person(0);
        ann.says("ask approval echo crab-1");
        BotMessage card = ann.awaitButton("Allow once");

        String press = ann.press(card, "Allow once");

        ann.awaitContaining("crab-1\n");
        ann.awaitContaining("Approval: ");
        bot.awaitQuiet();
        assertThat(bot.telegram().calls("answerCallbackQuery"))
                .anyMatch(call -> call.parameter("callback_query_id").equals(press));
        assertThat(ann.texts()).noneMatch(text -> text.contains("Approval needed"));
    }

    @Test
    void aButtonDenies() {
        Chat ann = bot.person(1);
        ann.says("ask approval touch denied-crab");
        BotMessage card = ann.awaitButton("Deny");

        ann.press(card, "Deny");

        ann.awaitContaining("denied");
        bot.awaitQuiet();
        assertThat(bot.stateDirectory().resolve("workspace/denied-crab")).doesNotExist();
    }

    @Test
    void theApproveCommandApproves() {
        Chat ann = bot.person(2);
        ann.says("ask approval echo crab-2");
        String card = Chat.plain(ann.awaitButton("Allow once"));
        String id = card.replaceAll("(?s).*/approve (\\S+) .*", "$1");

        ann.says("/approve " + id + " allow-once");

        ann.awaitContaining("crab-2\n");
        ann.awaitContaining("Approval " + id);
        bot.awaitQuiet();
    }

    @Test
    void theNextMessageAnswersAQuestion() {
        Chat ann = bot.person(3);
        ann.says("ask me which crab");
        ann.awaitButton("Blue");

        ann.says("Red");

        assertThat(Chat.plain(ann.awaitContaining("You answered"))).contains("Red");
        bot.awaitQuiet();
    }

    @Test
    void aButtonAnswersAQuestion() {
        Chat ann = bot.person(4);
        ann.says("ask me which shell");

        ann.press(ann.awaitButton("Blue"), "Blue");

        assertThat(Chat.plain(ann.awaitContaining("You answered"))).contains("Blue");
        bot.awaitQuiet();
    }

    @Test
    void anAnswerInSecretDoesNotStayInTheChat() {
        Chat ann = bot.person(64);
        ann.says(
                "call request_user_input {\"questions\":[{\"id\":\"pin\",\"header\":\"Pin\",\"question\":"
                        + "\"Which pin?\",\"isSecret\":true,\"options\":[{\"label\":\"None\",\"description\":"
                        + "\"-\"},{\"label\":\"Later\",\"description\":\"-\"}]}]}");
        ann.awaitButton("None");

        int answer = ann.says("4711 plum");

        ann.awaitContaining("Question: answered");
        bot.awaitQuiet();
        assertThat(bot.telegram().calls("deleteMessage"))
                .anyMatch(
                        call ->
                                call.parameter("chat_id").equals(String.valueOf(ann.id()))
                                        && call.parameter("message_id")
                                                .equals(String.valueOf(answer)));
    }

    @Test
    void aFileThatComesWithAnAnswerReachesTheAgentAsWell() {
        Chat ann = bot.person(60);
        ann.says("ask me which chart");
        ann.awaitButton("Blue");

        sends(ann, "chart.txt", "the chart says plum", "Red, by this chart");

        ann.awaitContaining("Answered: Red, by this chart");
        Await.until("the file", () -> bot.asked("the chart says plum") > 0, ann::texts);
        bot.awaitQuiet();
    }

    @Test
    void aFileWithoutWordsAnswersAQuestionToo() {
        Chat ann = bot.person(61);
        ann.says("ask me which map");
        ann.awaitButton("Blue");

        sends(ann, "map.txt", "the map says quince", "");

        ann.awaitContaining("Answered: (see the file that follows)");
        Await.until("the file", () -> bot.asked("the map says quince") > 0, ann::texts);
        bot.awaitQuiet();
    }

    private void sends(Chat from, String name, String content, String caption) {
        bot.telegram()
                .sendsFile(
                        from.id(),
                        from.id(),
                        name,
                        content.getBytes(StandardCharsets.UTF_8),
                        caption);
    }

    @Test
    void stopEndsARunningCommand() {
        Chat ann = bot.person(5);
        ann.says("run sleep 7319");
        ProcessHandle sleep = Processes.await("sleep 7319");

        ann.says("/stop");

        ann.awaitContaining("Stopping the turn and its commands.");
        Processes.awaitGone(sleep);
        bot.awaitQuiet();
    }

    @Test
    void newBeginsASessionThatKnowsNothing() {
        Chat ann = bot.person(6);
        ann.says("remember the limpet");
        ann.awaitText("Echo: remember the limpet");

        ann.says("/new");
        ann.awaitContaining("A new session has begun.");
        ann.says("what do you know");

        ann.awaitText("Echo: what do you know");
        assertThat(bot.model().requests())
                .filteredOn(request -> request.userText().contains("what do you know"))
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.body().toString()).doesNotContain("limpet"));
    }

    @Test
    void threadsAreListedResumedAndBound(@TempDir Path folder) {
        Chat ann = bot.person(7);
        ann.says("the first talk about kelp");
        ann.awaitText("Echo: the first talk about kelp");
        ann.says("/codex binding");
        String first = thread(Chat.plain(ann.awaitContaining("Thread:")));
        ann.says("/codex threads kelp");
        ann.awaitContaining("codex resume " + first);

        ann.says("/codex bind --cwd " + folder);
        ann.press(ann.awaitButton("Allow once"), "Allow once");
        ann.awaitContaining("Bound to thread");
        ann.says("/codex unbind");
        ann.awaitContaining("Detached");
        ann.says("/codex resume " + first);
        ann.awaitContaining("goes on with thread " + first);
        ann.says("more of it");

        ann.awaitText("Echo: more of it");
        assertThat(bot.model().requests())
                .filteredOn(request -> request.userText().contains("more of it"))
                .isNotEmpty()
                .allSatisfy(
                        request ->
                                assertThat(request.body().toString())
                                        .contains("the first talk about kelp"));
    }

    @Test
    void anUnknownCommandIsAnsweredWithoutATurn() {
        Chat ann = bot.person(8);

        ann.says("/nonsense of mine");

        ann.awaitContaining("There is no command");
        bot.awaitQuiet();
        assertThat(bot.asked("nonsense")).isZero();
    }

    @Test
    void aFailedTurnSaysWhatHappenedAndTheNextOneWorks() {
        Chat ann = bot.person(9);

        ann.says("fail quota");
        ann.awaitContaining("⚠️");
        ann.says("and now");

        ann.awaitText("Echo: and now");
        bot.awaitQuiet();
        assertThat(ann.texts()).hasSize(2);
    }

    @Test
    void steerTellsTheRunningTurn() {
        Chat ann = bot.person(10);
        ann.says("slow 3");
        Await.until("the slow answer", () -> bot.asked("slow 3") == 1, ann::texts);

        ann.says("/steer mind the gap");

        ann.awaitContaining("Told the running turn.");
        ann.awaitContaining("mind the gap");
        bot.awaitQuiet();
    }

    @Test
    void anEarlierSessionIsTakenUpAgainWithItsThread() {
        Chat ann = bot.person(11);
        ann.says("the tale of the urchin");
        ann.awaitText("Echo: the tale of the urchin");
        ann.says("/status");
        assertThat(Chat.plain(ann.awaitContaining("Chela:")))
                .contains("Context:", "tokens (0%); in");
        ann.says("/new");
        ann.awaitContaining("A new session has begun.");
        ann.says("something else");
        ann.awaitText("Echo: something else");
        ann.says("/sessions");
        String listed = Chat.plain(ann.awaitContaining("Earlier sessions here"));
        String id = listed.replaceAll("(?s).*?([0-9a-f]{8}) ended just now.*", "$1");
        ann.says("/sessions restore " + id.substring(0, 3));
        ann.awaitContaining("Give at least the first 4 characters of the id");

        ann.says("/sessions restore " + id);
        ann.awaitContaining("Back in the session of before.");
        ann.says("how does it end");

        ann.awaitText("Echo: how does it end");
        assertThat(bot.model().requests())
                .filteredOn(request -> request.userText().contains("how does it end"))
                .isNotEmpty()
                .allSatisfy(
                        request ->
                                assertThat(request.body().toString())
                                        .contains("the tale of the urchin")
                                        .doesNotContain("something else"));
    }

    private static String thread(String binding) {
        return binding.replaceAll("(?s).*Thread: (\\S+).*", "$1");
    }
}
