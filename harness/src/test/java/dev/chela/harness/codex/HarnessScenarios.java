package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.kit.Processes;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a turn runner does, whatever app-server it talks to. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class HarnessScenarios {

    private static final Policy ASKING =
            new Policy(
                    ApprovalPolicy.UNTRUSTED,
                    ApprovalsReviewer.USER,
                    SandboxMode.DANGER_FULL_ACCESS);

    private Stage stage;
    private HarnessBench bench;
    private HarnessBench.Process bot;
    private SessionKey session;

    /** The app-server to play on. */
    abstract Stage build(Path directory) throws IOException;

    @BeforeAll
    void raise(@TempDir Path directory) throws IOException {
        stage = build(directory);
    }

    @AfterAll
    void strike() {
        stage.close();
    }

    @BeforeEach
    void begin() {
        bench = new HarnessBench(stage);
        bot = bench.process();
        session = new SessionKey("agent:main:web:direct:" + UUID.randomUUID());
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void aTurnIsAnsweredAndTheNextOneKeepsItsThread() throws Exception {
        RunningTurn first = start("hello");
        assertThat(first.answer()).isEqualTo("Echo: hello");
        assertThat(first.events())
                .contains(new TurnEvent.InputTaken(first.request.input()))
                .hasAtLeastOneElementOfType(TurnEvent.TextDelta.class);
        ThreadId thread = thread();
        assertThat(start("again").answer()).isEqualTo("Echo: again");
        assertThat(thread()).isEqualTo(thread);
    }

    @Test
    void theMessageToolDeliversOnce() throws Exception {
        TurnRequest request =
                RunningTurn.request(session, "tell me good news", ReplyMode.MESSAGE_TOOL);
        RunningTurn turn = RunningTurn.start(bot.harness, request, false);
        assertThat(((TurnOutcome.Completed) turn.end()).messageToolUsed()).isTrue();
        assertThat(bench.message.texts).containsExactly("good news");
    }

    @Test
    void aCommandIsShownAsActivity() throws Exception {
        RunningTurn turn = start("run echo 4711");
        assertThat(turn.answer()).contains("4711");
        assertThat(turn.events())
                .filteredOn(TurnEvent.Activity.class::isInstance)
                .extracting(event -> ((TurnEvent.Activity) event).running())
                .containsExactly(true, false);
    }

    @Test
    void anApprovedCommandRuns() throws Exception {
        bench.with(ASKING);
        RunningTurn turn = start("run echo 4712");
        Approval approval = bench.nextShown();
        assertThat(approval.request().title()).isEqualTo("Run echo 4712");
        decide(approval, Choice.ALLOW_ONCE);
        assertThat(turn.answer()).contains("4712");
    }

    @Test
    void aDeniedCommandDoesNotRunAndTheTurnGoesOn() throws Exception {
        bench.with(ASKING);
        RunningTurn turn = start("run touch denied-file");
        decide(bench.nextShown(), Choice.DENY);
        assertThat(turn.end()).isInstanceOf(TurnOutcome.Completed.class);
        assertThat(stage.workspace().resolve("denied-file")).doesNotExist();
    }

    @Test
    void aStopDuringAnApprovalWithdrawsIt() throws Exception {
        bench.with(ASKING);
        RunningTurn turn = start("run echo never");
        Approval approval = bench.nextShown();
        bot.harness.interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);
        assertThat(((TurnOutcome.Interrupted) turn.end()).cause())
                .isEqualTo(TurnOutcome.Cause.USER_STOP);
        assertThat(bench.approvals.find(approval.id()).orElseThrow().decision())
                .contains(new Decision.Withdrawn());
    }

    @Test
    void aQuestionIsAnsweredByTheNextMessage() throws Exception {
        RunningTurn turn = start("ask me Which colour?");
        Approval question = bench.nextShown();
        assertThat(question.request().questions().getFirst().text()).isEqualTo("Which colour?");
        assertThat(bench.approvals.answerNext(session, "ada", true, 101L, "2")).isPresent();
        assertThat(turn.answer()).contains("Red");
    }

    @Test
    void aSteerIsTakenInTheSameTurnAndRetractsWhatWasShown() throws Exception {
        RunningTurn turn = start("slow 60");
        turn.await(TurnEvent.TextDelta.class);
        InputKey input = new InputKey(UUID.randomUUID().toString());
        assertThat(bot.harness.steer(turn.key(), input, Prompt.of("rather this")))
                .isEqualTo(SteerAnswer.PASSED_ON);
        assertThat(turn.answer()).isEqualTo("Echo: rather this");
        assertThat(turn.events())
                .contains(new TurnEvent.InputTaken(input))
                .hasAtLeastOneElementOfType(TurnEvent.TextRetracted.class);
        assertThat(bot.harness.steer(turn.key(), input, Prompt.of("late")))
                .isEqualTo(SteerAnswer.NOT_STEERABLE);
    }

    @Test
    void aStopEndsTheTurnAndItsCommandAndTheThreadGoesOn() throws Exception {
        String marker = "sleep " + (600 + Math.floorMod(session.hashCode(), 1_000)) + ".75";
        RunningTurn turn = start("run " + marker);
        ProcessHandle process = Processes.await(marker);
        turn.await(TurnEvent.Activity.class);
        bot.harness.interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);
        assertThat(((TurnOutcome.Interrupted) turn.end()).cause())
                .isEqualTo(TurnOutcome.Cause.USER_STOP);
        Processes.awaitGone(process);
        assertThat(start("after").answer()).isEqualTo("Echo: after");
    }

    @Test
    void aFailedTurnIsToldWithItsTypedCauseAndTheThreadGoesOn() throws Exception {
        TurnOutcome.Failed failed = (TurnOutcome.Failed) start("fail quota").end();
        assertThat(failed.kind()).isEqualTo(TurnOutcome.Failure.USAGE_LIMIT);
        assertThat(start("after").answer()).isEqualTo("Echo: after");
    }

    @Test
    void aServerKilledInMidTurnLeavesItUncertainAndTheThreadGoesOn() throws Exception {
        RunningTurn turn = start("slow 60");
        turn.await(TurnEvent.TextDelta.class);
        ThreadId thread = thread();
        stage.kill();
        assertThat(turn.end()).isInstanceOf(TurnOutcome.Uncertain.class);
        assertThat(turn.events()).hasAtLeastOneElementOfType(TurnEvent.TextRetracted.class);
        assertThat(start("after").answer()).isEqualTo("Echo: after");
        assertThat(thread()).isEqualTo(thread);
    }

    @Test
    void aNewProcessResumesTheThreadAndItsTools() throws Exception {
        assertThat(start("hello").answer()).isEqualTo("Echo: hello");
        ThreadId thread = thread();
        stage.kill();
        bot = bench.process();
        start("tell me more").end();
        assertThat(bench.message.texts).containsExactly("more");
        start("ask me now").await(TurnEvent.Started.class);
        bench.nextShown();
        bench.approvals.answerNext(session, "ada", true, 102L, "1");
        assertThat(thread()).isEqualTo(thread);
    }

    @Test
    void whatFinishedBeforeARestartIsDelivered() throws Exception {
        RunningTurn first = start("tell me news");
        TurnOutcome live = first.end();
        bot = bench.process();
        RunningTurn again = RunningTurn.recover(bot.harness, first.request);
        assertThat(again.end()).isEqualTo(live);
        assertThat(bench.message.texts).containsExactly("news");
    }

    @Test
    void whatWasCutBeforeARestartIsUncertainAndNotRunAgain() throws Exception {
        start("before").end();
        RunningTurn cut = start("slow 60");
        cut.await(TurnEvent.TextDelta.class);
        stage.kill();
        cut.end();
        bot = bench.process();
        assertThat(RunningTurn.recover(bot.harness, cut.request).end())
                .isInstanceOf(TurnOutcome.Uncertain.class);
    }

    @Test
    void whatCodexNeverTookBeforeARestartIsRunThen() throws Exception {
        start("before").end();
        TurnRequest never = RunningTurn.request(session, "hello", ReplyMode.AUTOMATIC);
        bot = bench.process();
        assertThat(RunningTurn.recover(bot.harness, never).answer()).isEqualTo("Echo: hello");
    }

    @Test
    void anotherSetOfToolsReplacesTheThreadAndAForgottenOneIsLeft() throws Exception {
        start("hello").end();
        ThreadId first = thread();
        bot = bench.process(new NamedTool("weather"));
        start("hello").end();
        ThreadId second = thread();
        assertThat(second).isNotEqualTo(first);
        bot.harness.forget(session);
        assertThat(bench.bindings.load(session)).isEmpty();
        bot.codex.resume(session, first);
        assertThat(start("tell me back").end()).isInstanceOf(TurnOutcome.Completed.class);
        assertThat(thread()).isEqualTo(first);
    }

    private RunningTurn start(String text) {
        return RunningTurn.start(bot.harness, session, text);
    }

    private ThreadId thread() {
        return bench.bindings.load(session).orElseThrow().thread();
    }

    private void decide(Approval approval, Choice choice) {
        bench.approvals.decide(approval.id().value(), new Decision.Chosen(choice), "ada");
    }
}
