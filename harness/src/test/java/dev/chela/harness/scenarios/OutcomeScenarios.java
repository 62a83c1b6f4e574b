package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.ReplyMode;
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
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person is told of turns that talk, use tools, ask, fail, or are stopped or steered. */
abstract class OutcomeScenarios extends InHouse {

    private static final Policy ASKING =
            new Policy(
                    ApprovalPolicy.UNTRUSTED,
                    ApprovalsReviewer.USER,
                    SandboxMode.DANGER_FULL_ACCESS);

    @AfterEach
    void calmDown() {
        house().policy(Policy.YOLO);
    }

    @Test
    void aTurnIsAnsweredAndTheNextOneKeepsItsThread() {
        var first = start("hello");
        assertThat(first.answer()).isEqualTo("Echo: hello");
        assertThat(first.events())
                .contains(new TurnEvent.InputTaken(first.request().input()))
                .hasAtLeastOneElementOfType(TurnEvent.TextDelta.class);
        var thread = thread();

        assertThat(start("again").answer()).isEqualTo("Echo: again");
        assertThat(thread()).isEqualTo(thread);
    }

    @Test
    void aDirectToolRunsOnceAndTheModelGetsItsText() {
        direct.answering(call -> ToolResult.ok("sunny in " + call.arguments().get("city")));
        var before = direct.calls().size();

        assertThat(start("call openclaw.look_up {\"city\":\"Rome\"}").answer())
                .isEqualTo("openclaw.look_up answered: sunny in Rome");
        assertThat(direct.calls()).hasSize(before + 1);
    }

    @Test
    void aDeferredToolIsFoundAndRun() {
        deferred.answering(_ -> ToolResult.ok("rain"));

        assertThat(start("search tool weather").answer())
                .isEqualTo("openclaw.weather_report answered: rain");
    }

    @Test
    void aToolThatFailsIsToldToTheModelAndTheTurnGoesOn() {
        direct.answering(_ -> ToolResult.failed("error: no such city"));

        assertThat(start("call openclaw.look_up {\"city\":\"Atlantis\"}").answer())
                .endsWith("error: no such city");
    }

    @Test
    void theMessageToolDeliversOnce() {
        var before = messages.texts().size();
        var request = HarnessStage.request(session(), "tell me good news", ReplyMode.MESSAGE_TOOL);
        var outcome = (TurnOutcome.Completed) house().start(request).outcome();

        assertThat(outcome.messageToolUsed()).isTrue();
        assertThat(messages.texts()).hasSize(before + 1).last().asString().startsWith("good news");
    }

    @Test
    void aCommandIsShownAsActivity() {
        var turn = start("run echo 4711");

        assertThat(turn.answer()).contains("4711");
        assertThat(turn.events(TurnEvent.Activity.class))
                .extracting(TurnEvent.Activity::running)
                .containsExactly(true, false);
    }

    @Test
    void whatACommandPrintedIsNotedForTheTranscript() {
        var turn = start("run echo 4713");

        turn.answer();
        assertThat(turn.events(TurnEvent.Noted.class))
                .filteredOn(noted -> noted.kind() == TurnEvent.Noted.Kind.TOOL_RESULT)
                .singleElement()
                .satisfies(
                        noted -> {
                            assertThat(noted.title()).isEqualTo("Runs echo 4713");
                            assertThat(noted.text()).contains("4713");
                            assertThat(noted.failed()).isFalse();
                        });
    }

    @Test
    void anApprovedCommandRuns() {
        house().policy(ASKING);
        var turn = start("run touch 4712");
        var approval = house().desk().nextShown();

        assertThat(approval.request().title()).isEqualTo("Run touch 4712");
        decide(approval, Choice.ALLOW_ONCE);
        assertThat(turn.outcome()).isInstanceOf(TurnOutcome.Completed.class);
        assertThat(house().stage().workspace().resolve("4712")).exists();
    }

    @Test
    void aDeniedCommandDoesNotRunAndTheTurnGoesOn() {
        house().policy(ASKING);
        var turn = start("run touch denied-file");
        decide(house().desk().nextShown(), Choice.DENY);

        assertThat(turn.outcome()).isInstanceOf(TurnOutcome.Completed.class);
        assertThat(house().stage().workspace().resolve("denied-file")).doesNotExist();
    }

    @Test
    void anApprovedPatchIsAppliedAndADeniedOneIsNot() {
        house().policy(ASKING);
        var applied = start("write outcome-yes.txt: words");
        var approval = house().desk().nextShown();
        assertThat(approval.request().kind()).isEqualTo(ApprovalRequest.Kind.FILE_CHANGE);
        assertThat(approval.request().title()).isEqualTo("Edit outcome-yes.txt");
        assertThat(approval.request().description())
                .startsWith("add outcome-yes.txt")
                .contains("words");
        decide(approval, Choice.ALLOW_ONCE);
        assertThat(applied.outcome()).isInstanceOf(TurnOutcome.Completed.class);
        assertThat(house().stage().workspace().resolve("outcome-yes.txt")).hasContent("words\n");

        var denied = start("write outcome-no.txt: words");
        decide(house().desk().nextShown(), Choice.DENY);
        assertThat(denied.outcome()).isInstanceOf(TurnOutcome.Completed.class);
        assertThat(house().stage().workspace().resolve("outcome-no.txt")).doesNotExist();
    }

    @Test
    void aStopDuringAnApprovalWithdrawsIt() {
        house().policy(ASKING);
        var turn = start("run touch never");
        var approval = house().desk().nextShown();
        house().harness().interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);

        assertThat(((TurnOutcome.Interrupted) turn.outcome()).cause())
                .isEqualTo(TurnOutcome.Cause.USER_STOP);
        assertThat(house().approvals().find(approval.id()).orElseThrow().decision())
                .contains(new Decision.Withdrawn());
    }

    @Test
    void aQuestionIsAnsweredByTheNextMessage() {
        var turn = start("ask me Which colour?");
        var question = house().desk().nextShown();

        assertThat(question.request().questions().getFirst().text()).isEqualTo("Which colour?");
        assertThat(house().approvals().answerNext(session(), "ada", true, 101L, "2")).isPresent();
        assertThat(turn.answer()).contains("Red");
    }

    @Test
    void aSteerIsTakenInTheSameTurn() {
        var turn = start(traits().slowly());
        turn.await(TurnEvent.TextDelta.class);
        var input = new InputKey(UUID.randomUUID().toString());
        assertThat(house().harness().steer(turn.key(), input, Prompt.of("rather this")))
                .isEqualTo(SteerAnswer.PASSED_ON);

        assertThat(turn.answer()).isEqualTo("Echo: rather this");
        assertThat(turn.events()).contains(new TurnEvent.InputTaken(input));
        assertThat(turn.events(TurnEvent.TextRetracted.class))
                .hasSize(traits().steerCuts() ? 1 : 0);
        assertThat(house().harness().steer(turn.key(), input, Prompt.of("late")))
                .isEqualTo(SteerAnswer.NOT_STEERABLE);
    }

    @Test
    void aStopEndsTheTurnAndItsCommandAndTheThreadGoesOn() {
        var marker = "sleep " + (600 + Math.floorMod(session().hashCode(), 1_000)) + ".75";
        var turn = start("run " + marker);
        var process = Processes.await(marker);
        turn.await(TurnEvent.Activity.class);
        house().harness().interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);

        assertThat(((TurnOutcome.Interrupted) turn.outcome()).cause())
                .isEqualTo(TurnOutcome.Cause.USER_STOP);
        Processes.awaitGone(process);
        assertThat(start("after").answer()).isEqualTo("Echo: after");
    }

    /** Codex shows a command as it begins: a stop of that instant ends it all the same. */
    @RepeatedTest(3)
    void aStopAsTheCommandBeginsEndsItToo(RepetitionInfo round) {
        var marker =
                "sleep %d.%d2"
                        .formatted(
                                600 + Math.floorMod(session().hashCode(), 1_000),
                                round.getCurrentRepetition());
        var turn = start("run " + marker);
        turn.await(TurnEvent.Activity.class);
        house().harness().interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);

        assertThat(turn.outcome()).isInstanceOf(TurnOutcome.Interrupted.class);
        assertThat(start("after").answer()).isEqualTo("Echo: after");
        Processes.awaitNone(marker);
    }

    @ParameterizedTest
    @CsvSource({
        "fail quota, USAGE_LIMIT",
        "fail rate, RATE_LIMIT",
        "fail busy, OVERLOADED",
        "fail full, CONTEXT_FULL",
        "cut, MODEL_ERROR",
        "fail 400, MODEL_ERROR",
        "fail 401, NOT_SIGNED_IN",
        "fail 429, RATE_LIMIT",
        "fail 500, OVERLOADED",
        "fail 503, OVERLOADED",
    })
    void aFailedTurnHasItsKindAndANextStep(String words, TurnOutcome.Failure kind) {
        var failed = (TurnOutcome.Failed) start(words).outcome();

        assertThat(failed.kind())
                .isEqualTo(
                        List.of("fail rate", "fail 401", "fail 503").contains(words)
                                        && !traits().causesTyped()
                                ? TurnOutcome.Failure.MODEL_ERROR
                                : kind);
        assertThat(failed.notice()).isNotBlank();
        assertThat(start("still there?").answer()).isEqualTo("Echo: still there?");
    }

    private void decide(Approval approval, Choice choice) {
        house().approvals().decide(approval.id().value(), new Decision.Chosen(choice), "ada");
    }
}
