package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.harness.ReplyMode;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.BackgroundTerminalsClean;
import dev.chela.harness.appserver.protocol.Empty;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnInterrupt;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.Wire;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodexHarnessTest extends CodexBench {

    @Test
    void everyTurnCarriesItsKeyPolicyAndSandbox() throws Exception {
        finish(start("hello"), server);
        TurnStart sent = server.await(TurnStart.class);
        assertThat(sent.options().approvalPolicy()).isEqualTo(ApprovalPolicy.NEVER);
        assertThat(sent.options().sandboxPolicy()).isNotNull();
        assertThat(sent.clientUserMessageId()).isNotNull();
        assertThat(server.await(ThreadStart.class).options().config().toString())
                .contains("\"features.default_mode_request_user_input\":true");
    }

    @Test
    void aWarmTurnNeitherStartsNorResumesAThread() throws Exception {
        finish(start("one"), server);
        RunningTurn second = start("two");
        server.await(TurnStart.class, 2);
        finish(second, server);
        assertThat(server.all(ThreadStart.class)).hasSize(1);
        assertThat(server.all(ThreadResume.class)).isEmpty();
    }

    @Test
    void aToolOnlyTurnTellsTheModelSoBesideItsInput() throws Exception {
        TurnRequest request = HarnessStage.request(SESSION, "hi", ReplyMode.MESSAGE_TOOL);
        RunningTurn turn = RunningTurn.start(harness, request);
        assertThat(server.await(TurnStart.class).options().additionalContext())
                .containsKey("chela:reply");
        server.tell(
                Wire.closed(TURN, Wire.answer("m", "fine")),
                Wire.completed(TURN, TurnStatus.COMPLETED));
        TurnStart reminder = server.await(TurnStart.class, 2);
        assertThat(reminder.input().toString()).contains("Nobody saw your last answer");
        server.tell(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(turn.outcome())
                .isEqualTo(new TurnOutcome.Completed(Optional.of("fine"), false, List.of()));
    }

    @Test
    void aMissingAccountIsToldBeforeAnythingIsSent() throws Exception {
        server.account = new AccountRead.Result(null, true);
        TurnOutcome.Failed failed = (TurnOutcome.Failed) start("hello").outcome();
        assertThat(failed.kind()).isEqualTo(TurnOutcome.Failure.NOT_SIGNED_IN);
        assertThat(failed.notice()).contains("chela models auth login");
        assertThat(server.all(TurnStart.class)).isEmpty();
    }

    @Test
    void aThreadOpenElsewhereIsBusyAndItsBindingKept() throws Exception {
        finish(start("one"), server);
        FakeAppServer other = replace();
        refusesToResume(other, "thread x already has an active writer");
        TurnOutcome.Failed failed = (TurnOutcome.Failed) start("two").outcome();
        assertThat(failed.kind()).isEqualTo(TurnOutcome.Failure.THREAD_BUSY);
        assertThat(bindings.load(SESSION)).isPresent();
        assertThat(other.all(ThreadStart.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no rollout found for thread id x",
                "failed to read thread: failed to read session metadata /s/rollout.jsonl"
            })
    void aLostThreadIsReplacedAndTheBindingSaysWhy(String refusal) throws Exception {
        finish(start("one"), server);
        FakeAppServer other = replace();
        refusesToResume(other, refusal);
        RunningTurn second = start("two");
        other.await(TurnStart.class);
        finish(second, other);
        assertThat(bindings.load(SESSION).orElseThrow().facts())
                .containsEntry("replacedBecause", "resumeRefused");
    }

    @Test
    void aThreadThatCannotBeOpenedForOnceIsKept() throws Exception {
        finish(start("one"), server);
        FakeAppServer other = replace();
        refusesToResume(other, "too many open files");
        assertThat(start("two").outcome()).isInstanceOf(TurnOutcome.Failed.class);
        assertThat(other.all(ThreadStart.class)).isEmpty();
    }

    @Test
    void aLostThreadThatAPersonChoseLeavesItsFolderToTheNextOne() throws Exception {
        codex.resume(SESSION, Wire.THREAD);
        String folder = bindings.load(SESSION).orElseThrow().facts().get("cwd");
        FakeAppServer other = replace();
        refusesToResume(other, "no rollout found for thread id x");
        finish(start("two"), other);
        assertThat(bindings.load(SESSION).orElseThrow().facts())
                .containsEntry("replacedBecause", "resumeRefused")
                .containsEntry("chosen", "true")
                .containsEntry("cwd", folder);
    }

    @Test
    void aNewConnectionResumesWithTheConfigAgain() throws Exception {
        finish(start("one"), server);
        FakeAppServer other = replace();
        RunningTurn second = start("two");
        ThreadResume resume = other.await(ThreadResume.class);
        assertThat(resume.excludeTurns()).isTrue();
        assertThat(resume.options().config().toString()).contains("default_mode_request");
        other.await(TurnStart.class);
        finish(second, other);
    }

    @Test
    void aStopInterruptsThenEndsCommandsBeforeTheTurnIsOver() throws Exception {
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Started.class);
        server.on(
                TurnInterrupt.class,
                interrupt -> {
                    server.tell(Wire.completed(TURN, TurnStatus.INTERRUPTED));
                    return new Empty();
                });
        harness.interrupt(turn.key(), TurnOutcome.Cause.WATCHDOG);
        assertThat(turn.outcome()).isInstanceOf(TurnOutcome.Interrupted.class);
        assertThat(server.all(BackgroundTerminalsClean.class)).hasSize(1);
        RunningTurn second = start("two");
        TurnStart sent = server.await(TurnStart.class, 2);
        assertThat(sent.options().additionalContext().get("chela:interrupted").value())
                .contains("not by the user");
        finish(second, server);
        RunningTurn third = start("three");
        assertThat(server.await(TurnStart.class, 3).options().additionalContext()).isNull();
        finish(third, server);
    }

    @Test
    void aTurnWhoseThreadCannotBeNotedIsFollowedAllTheSame() throws Exception {
        nothingCanBeNoted();
        finish(start("hello"), server);
        assertThat(server.all(TurnStart.class)).hasSize(1);
    }

    @Test
    void aTurnOfAnEarlierProcessIsAnsweredThoughItsThreadCannotBeNoted() throws Exception {
        RunningTurn earlier = start("hello");
        nothingCanBeNoted();
        earlier.await(TurnEvent.Started.class);
        server.history =
                List.of(
                        Wire.turn(
                                TURN,
                                TurnStatus.COMPLETED,
                                Wire.user(earlier.request().input().value(), "hello"),
                                Wire.answer("m1", "it ran")));
        RunningTurn later = RunningTurn.recover(harness, begun(earlier.request()));
        assertThat(later.answer()).isEqualTo("it ran");
        finish(earlier, server);
    }

    @Test
    void aRefusedResumeByHandKeepsTheOldBinding() throws Exception {
        finish(start("one"), server);
        server.on(
                ThreadResume.class,
                resume -> {
                    throw refused("thread/resume", "no rollout found for thread id y");
                });
        assertThatThrownBy(() -> codex.resume(SESSION, new ThreadId("y")))
                .isInstanceOf(RpcFailedException.class);
        assertThat(bindings.load(SESSION).orElseThrow().thread()).isEqualTo(Wire.THREAD);
    }
}
