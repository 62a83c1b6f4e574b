package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.ToolResult;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.codex.Policy;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.Processes;
import dev.chela.harness.kit.RecordingTool;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole turns through Chela's harness: what is asked, what is shown, how it ends. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class HarnessScenarios {

    private static final Policy ASKING =
            new Policy(
                    ApprovalPolicy.UNTRUSTED,
                    ApprovalsReviewer.USER,
                    SandboxMode.DANGER_FULL_ACCESS);

    private final RecordingTool direct = new RecordingTool("look_up", "Looks up a city", true);
    private final RecordingTool deferred =
            new RecordingTool("weather_report", "Reports the weather of a city", false);
    private HarnessStage house;

    /** The app-server to play on. */
    abstract Stage build(Path directory) throws IOException;

    @BeforeAll
    void raise(@TempDir Path directory) throws IOException {
        house = new HarnessStage(build(directory), direct, deferred);
    }

    @AfterAll
    void strike() throws Exception {
        house.close();
    }

    @Test
    void aPlainTurnShowsItsTextAndEndsWithIt() {
        var turn = house.start(HarnessStage.freshSession(), "hello there");

        assertThat(text(turn)).contains("Echo: hello there");
        assertThat(turn.events().getFirst()).isInstanceOf(TurnEvent.Started.class);
        assertThat(turn.events(TurnEvent.InputTaken.class)).hasSize(1);
        assertThat(
                        turn.events(TurnEvent.TextDelta.class).stream()
                                .map(TurnEvent.TextDelta::text)
                                .reduce("", String::concat))
                .isEqualTo("Echo: hello there");
        assertThat(turn.events(TurnEvent.TextCompleted.class)).hasSize(1);
    }

    @Test
    void theNextTurnOfASessionGoesOnInItsThread() {
        var session = HarnessStage.freshSession();
        text(house.start(session, "one"));
        var thread = house.bindings().load(session).orElseThrow().thread();

        assertThat(text(house.start(session, "two"))).contains("Echo: two");
        assertThat(house.bindings().load(session).orElseThrow().thread()).isEqualTo(thread);
    }

    @Test
    void aDirectToolRunsOnceAndTheModelGetsItsText() {
        direct.answering(call -> ToolResult.ok("sunny in " + call.arguments().get("city")));
        var session = HarnessStage.freshSession();
        var before = direct.calls().size();

        assertThat(text(house.start(session, "call openclaw.look_up {\"city\":\"Rome\"}")))
                .contains("openclaw.look_up answered: sunny in Rome");
        assertThat(direct.calls()).hasSize(before + 1);
    }

    @Test
    void aDeferredToolIsFoundAndRun() {
        deferred.answering(_ -> ToolResult.ok("rain"));

        assertThat(text(house.start(HarnessStage.freshSession(), "search tool weather")))
                .contains("openclaw.weather_report answered: rain");
    }

    @Test
    void aCommandIsShownAsActivityThatBeginsAndEnds() {
        var turn = house.start(HarnessStage.freshSession(), "run echo from the shell");

        assertThat(text(turn).orElseThrow()).contains("succeeded", "from the shell");
        assertThat(turn.events(TurnEvent.Activity.class))
                .extracting(TurnEvent.Activity::running)
                .containsSubsequence(true, false);
    }

    @Test
    void anAllowedCommandRunsAndADeniedOneDoesNot() {
        house.policy(ASKING);
        try {
            house.desk().deciding(_ -> Optional.of(new Decision.Chosen(Choice.ALLOW_ONCE)));
            text(house.start(HarnessStage.freshSession(), "run touch allowed"));
            assertThat(house.stage().workspace().resolve("allowed")).exists();

            house.desk().deciding(_ -> Optional.of(new Decision.Chosen(Choice.DENY)));
            var denied = house.start(HarnessStage.freshSession(), "run touch denied");
            assertThat(text(denied).orElseThrow()).contains("rejected by user");
            assertThat(house.stage().workspace().resolve("denied")).doesNotExist();
        } finally {
            house.policy(Policy.YOLO);
        }
        assertThat(house.desk().shown())
                .filteredOn(it -> it.request().kind() == ApprovalRequest.Kind.COMMAND)
                .extracting(it -> it.request().description())
                .anyMatch(words -> words.contains("touch allowed"));
    }

    @Test
    void aQuestionIsAskedAndItsAnswerReachesTheModel() {
        house.desk().deciding(HarnessScenarios::red);

        assertThat(
                        text(house.start(HarnessStage.freshSession(), "ask me Which one?"))
                                .orElseThrow())
                .contains("Red");
    }

    private static Optional<Decision> red(Approval approval) {
        return approval.request().questions().stream()
                .findFirst()
                .map(question -> new Decision.Answered(Map.of(question.id(), List.of("Red"))));
    }

    @Test
    void aSteerIsConfirmedByTheEventAndVoidsTheTextBefore() {
        var turn = house.start(HarnessStage.freshSession(), "slow 60");
        var shown = turn.await(TurnEvent.TextDelta.class, _ -> true);
        var input = new InputKey("steered-by-the-scenario");

        assertThat(house.harness().steer(turn.key(), input, Prompt.of("rather this")))
                .isEqualTo(SteerAnswer.PASSED_ON);
        turn.await(TurnEvent.InputTaken.class, taken -> taken.input().equals(input));

        assertThat(text(turn)).contains("Echo: rather this");
        assertThat(turn.events(TurnEvent.TextRetracted.class))
                .extracting(TurnEvent.TextRetracted::item)
                .contains(shown.item());
    }

    @Test
    void aStoppedTurnEndsItsCommandToo() {
        var session = HarnessStage.freshSession();
        var marker = "sleep 623.5";
        var turn = house.start(session, "run " + marker);
        var process = Processes.await(marker);
        turn.await(TurnEvent.Activity.class, TurnEvent.Activity::running);

        house.harness().interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);

        assertThat(turn.outcome())
                .asInstanceOf(type(TurnOutcome.Interrupted.class))
                .extracting(TurnOutcome.Interrupted::cause)
                .isEqualTo(TurnOutcome.Cause.USER_STOP);
        Processes.awaitGone(process);
        assertThat(text(house.start(session, "next"))).contains("Echo: next");
    }

    @ParameterizedTest
    @CsvSource({
        "fail quota, USAGE_LIMIT",
        "fail rate, RATE_LIMIT",
        "fail busy, OVERLOADED",
        "fail full, CONTEXT_FULL",
        "cut, MODEL_ERROR",
    })
    void aFailedTurnHasItsKindAndANextStep(String words, TurnOutcome.Failure kind) {
        var session = HarnessStage.freshSession();
        var failed = (TurnOutcome.Failed) house.start(session, words).outcome();

        assertThat(failed.kind()).isEqualTo(kind);
        assertThat(failed.notice()).isNotBlank();
        assertThat(text(house.start(session, "still there?"))).contains("Echo: still there?");
    }

    @Test
    void aTurnCutByADyingServerIsToldTruthfullyAndItsThreadIsKept() {
        var session = HarnessStage.freshSession();
        text(house.start(session, "before"));
        var thread = house.bindings().load(session).orElseThrow().thread();
        var turn = house.start(session, "slow 60");
        turn.await(TurnEvent.TextDelta.class, _ -> true);

        house.stage().kill();

        assertThat(turn.outcome()).isInstanceOf(TurnOutcome.Uncertain.class);
        assertThat(text(house.start(session, "after"))).contains("Echo: after");
        assertThat(house.bindings().load(session).orElseThrow().thread()).isEqualTo(thread);
    }

    @Test
    void aTurnThatEndedUnheardIsDeliveredAfterARestart() {
        var session = HarnessStage.freshSession();
        var request = HarnessStage.request(session, "hello");
        text(house.start(request));
        house.stage().kill();

        assertThat(text(house.recover(request))).contains("Echo: hello");
    }

    @Test
    void aTurnThatCodexNeverTookIsRunAfterARestart() {
        var session = HarnessStage.freshSession();
        text(house.start(session, "earlier"));
        var request = HarnessStage.request(session, "never sent");

        assertThat(text(house.recover(request))).contains("Echo: never sent");
    }

    private static Optional<String> text(RunningTurn turn) {
        return ((TurnOutcome.Completed) turn.outcome()).text();
    }
}
