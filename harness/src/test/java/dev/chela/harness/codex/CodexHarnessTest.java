package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.config.QueueMode;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.Beginning;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerHealth;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.BackgroundTerminalsClean;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.Empty;
import dev.chela.harness.appserver.protocol.RpcId;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.TurnInterrupt;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.appserver.protocol.TurnSteer;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.SentMessages;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.KeptReply;
import dev.chela.harness.testing.ManualTimers;
import dev.chela.harness.testing.Wire;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.tools.ToolLimits;
import dev.chela.harness.tools.ToolRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodexHarnessTest {

    private static final SessionKey SESSION = new SessionKey("agent:main:web:direct:ada");

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final ManualTimers timers = new ManualTimers();
    private final Bindings bindings = new Bindings(database);
    private final FakeAppServer server = new FakeAppServer();
    private final Deque<FakeAppServer> next = new ArrayDeque<>();
    private final ToolRegistry tools = new ToolRegistry(List.of(new SentMessages()));
    private final Codex codex =
            new Codex(
                    new FakeAppServers(),
                    agent -> CodexSettings.of(Path.of("/w")),
                    bindings,
                    new Transcripts(database, timers),
                    tools,
                    SignIn.withoutKeys(),
                    timers);
    private final CodexHarness harness =
            new CodexHarness(
                    codex,
                    new ToolCalls(
                            tools, database, timers, Checkpoints.none(), ToolLimits.defaults()),
                    new Approvals(database, timers, new Random(1), ApprovalDesk.none()),
                    timers,
                    Checkpoints.none(),
                    session -> QueueMode.STEER);

    @AfterEach
    void close() {
        database.close();
    }

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
    void aForeignTurnIsWaitedForInsteadOfSteered() throws Exception {
        finish(start("one"), server);
        FakeAppServer other = replace();
        other.status = new ThreadStatus.Active(List.of());
        RunningTurn second = start("two");
        other.await(ThreadResume.class);
        timers.awaitArmed(1);
        assertThat(other.all(TurnStart.class)).isEmpty();
        other.tell(Wire.completed(new TurnId("foreign"), TurnStatus.COMPLETED));
        other.await(TurnStart.class);
        finish(second, other);
    }

    @Test
    void aForeignTurnThatDoesNotEndIsWaitedForAsLongAsATurnMayTake() throws Exception {
        finish(start("one"), server);
        FakeAppServer other = replace();
        other.status = new ThreadStatus.Active(List.of());
        RunningTurn second = start("two");
        other.await(ThreadResume.class);
        timers.awaitArmed(1);
        timers.advance(Duration.ofSeconds(30));
        second.await(TurnEvent.StillWorking.class);
        timers.awaitArmed(1);
        timers.advance(Watches.defaults().run());
        assertThat(((TurnOutcome.Failed) second.outcome()).kind())
                .isEqualTo(TurnOutcome.Failure.THREAD_BUSY);
        assertThat(other.all(TurnStart.class)).isEmpty();
    }

    @Test
    void silenceIsAskedAboutAndTheMissedAnswerDelivered() throws Exception {
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Started.class);
        timers.awaitArmed(1);
        server.history =
                List.of(Wire.turn(TURN, TurnStatus.COMPLETED, Wire.answer("m1", "missed")));
        timers.advance(Duration.ofSeconds(60));
        assertThat(turn.answer()).isEqualTo("missed");
    }

    @Test
    void silenceOfATurnStillRunningIsToldAndWaitedFor() throws Exception {
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Started.class);
        timers.awaitArmed(1);
        server.history = List.of(Wire.turn(TURN, TurnStatus.IN_PROGRESS));
        timers.advance(Duration.ofSeconds(60));
        turn.await(TurnEvent.StillWorking.class);
        finish(turn, server);
    }

    @Test
    void aServerThatAnswersNothingEndsTheTurnAsTimedOut() throws Exception {
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Started.class);
        timers.awaitArmed(1);
        server.silentOn(ThreadRead.class);
        timers.advance(Duration.ofSeconds(60));
        assertThat(((TurnOutcome.Failed) turn.outcome()).kind())
                .isEqualTo(TurnOutcome.Failure.TIMEOUT);
        server.await(TurnInterrupt.class);
    }

    @Test
    void aTurnStartWithoutAnAnswerIsAskedAboutByItsKey() throws Exception {
        server.silentOn(TurnStart.class);
        server.on(
                ThreadRead.class,
                read -> {
                    TurnStart sent = server.all(TurnStart.class).getLast();
                    return new ThreadRead.Result(
                            Wire.thread(
                                    read.threadId(),
                                    new ThreadStatus.Idle(),
                                    Wire.turn(
                                            TURN,
                                            TurnStatus.COMPLETED,
                                            Wire.user(sent.clientUserMessageId().value(), "x"),
                                            Wire.answer("m1", "it ran"))));
                });
        RunningTurn turn = start("hello");
        assertThat(turn.answer()).isEqualTo("it ran");
        assertThat(turn.events()).contains(new TurnEvent.InputTaken(turn.request().input()));
    }

    @Test
    void aConnectionLostBeforeTheInputWasTakenRunsItOnceMore() throws Exception {
        FakeAppServer second = new FakeAppServer();
        next.add(second);
        server.on(
                TurnStart.class,
                start -> {
                    server.close();
                    throw new ConnectionClosedException("gone", null);
                });
        RunningTurn turn = start("hello");
        second.await(TurnStart.class);
        finish(turn, second);
        assertThat(second.all(TurnStart.class)).hasSize(1);
    }

    @Test
    void aServerThatDiesAtEveryStartIsGivenUp() throws Exception {
        dying(server);
        for (int i = 0; i < 8; i++) {
            FakeAppServer another = new FakeAppServer();
            dying(another);
            next.add(another);
        }
        assertThat(((TurnOutcome.Failed) start("hello").outcome()).kind())
                .isEqualTo(TurnOutcome.Failure.SERVER_UNAVAILABLE);
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
    void aConnectionWhoseEndWasNotHeardIsMadeAnew() throws Exception {
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Started.class);
        timers.awaitArmed(1);
        AtomicInteger reads = new AtomicInteger();
        server.on(
                ThreadRead.class,
                read -> {
                    if (reads.getAndIncrement() == 0) {
                        throw new ConnectionClosedException("gone", null);
                    }
                    return read(Wire.turn(TURN, TurnStatus.COMPLETED, Wire.answer("m1", "missed")));
                });
        timers.advance(Duration.ofSeconds(60));
        assertThat(turn.answer()).isEqualTo("missed");
    }

    @Test
    void aConnectionLostAtTheStartAfterAReviewIsAskedAbout() throws Exception {
        FakeAppServer second = new FakeAppServer();
        next.add(second);
        second.on(
                ThreadRead.class,
                read -> {
                    String key =
                            server.all(TurnStart.class).getLast().clientUserMessageId().value();
                    return read(
                            Wire.turn(
                                    TURN,
                                    TurnStatus.COMPLETED,
                                    Wire.user(key, "x"),
                                    Wire.answer("m1", "it ran")));
                });
        server.on(
                TurnStart.class,
                start -> {
                    if (server.all(TurnStart.class).size() == 1) {
                        throw refused("turn/start", "ActiveTurnNotSteerable");
                    }
                    server.close();
                    throw new ConnectionClosedException("gone", null);
                });
        assertThat(start("hello").answer()).isEqualTo("it ran");
        assertThat(second.all(TurnStart.class)).isEmpty();
    }

    @Test
    void aStopWhileAReviewIsWaitedForIsAStop() throws Exception {
        server.on(
                TurnStart.class,
                start -> {
                    server.status = new ThreadStatus.Active(List.of());
                    throw refused("turn/start", "ActiveTurnNotSteerable");
                });
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Activity.class);
        timers.awaitArmed(1);
        harness.interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);
        assertThat(turn.outcome())
                .isEqualTo(
                        new TurnOutcome.Interrupted(TurnOutcome.Cause.USER_STOP, Optional.empty()));
    }

    @Test
    void aConnectionLostWhileJoiningIsAskedAboutAndNothingIsStartedTwice() throws Exception {
        finish(start("one"), server);
        FakeAppServer busy = replace();
        TurnId foreign = new TurnId("foreign");
        busy.status = new ThreadStatus.Active(List.of());
        busy.history = List.of(Wire.turn(foreign, TurnStatus.IN_PROGRESS));
        FakeAppServer after = new FakeAppServer();
        next.add(after);
        busy.on(
                TurnSteer.class,
                steer -> {
                    after.history =
                            List.of(
                                    Wire.turn(
                                            foreign,
                                            TurnStatus.COMPLETED,
                                            Wire.user(steer.clientUserMessageId().value(), "two"),
                                            Wire.answer("m1", "joined")));
                    busy.close();
                    throw new ConnectionClosedException("gone", null);
                });
        RunningTurn second = start("two");
        second.await(TurnEvent.Activity.class);
        timers.awaitArmed(1);
        timers.advance(Duration.ofSeconds(30));
        assertThat(second.answer()).isEqualTo("joined");
        assertThat(after.all(TurnStart.class)).isEmpty();
    }

    @Test
    void whatAnotherClientsTurnAsksIsNotForUsUntilItTookOurInputAndThenForPeople()
            throws Exception {
        finish(start("one"), server);
        FakeAppServer busy = replace();
        TurnId foreign = new TurnId("foreign");
        busy.status = new ThreadStatus.Active(List.of());
        busy.history = List.of(Wire.turn(foreign, TurnStatus.IN_PROGRESS));
        busy.on(TurnSteer.class, steer -> new TurnSteer.Result(foreign));
        RunningTurn second = start("two");
        second.await(TurnEvent.Activity.class);
        timers.awaitArmed(1);
        timers.advance(Duration.ofSeconds(30));
        busy.await(TurnSteer.class);
        second.await(TurnEvent.Activity.class, activity -> !activity.running());
        KeptReply answeredElsewhere = new KeptReply(7);
        KeptReply open = new KeptReply(8);
        busy.ask(Wire.mayRun(foreign, "rm -r /"), answeredElsewhere);
        busy.ask(Wire.mayRun(foreign, "ls"), open);
        busy.tell(new ServerNotification.ServerRequestResolved(Wire.THREAD, RpcId.of(7)));
        busy.tell(Wire.closed(foreign, Wire.command("c1", "pwd")));
        assertThat(open.isAnswered()).isFalse();

        String ours = second.request().input().value();
        busy.tell(Wire.opened(foreign, Wire.user(ours, "two")));

        // Nobody can be reached here; the policy of our own turns would have allowed it.
        assertThat(open.await())
                .isEqualTo(ServerAnswer.CommandDecision.of(ServerAnswer.Decision.DECLINE));
        assertThat(answeredElsewhere.isAnswered()).isFalse();
        busy.tell(
                Wire.closed(foreign, Wire.answer("m", "fine")),
                Wire.completed(foreign, TurnStatus.COMPLETED));
        assertThat(second.answer()).isEqualTo("fine");
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

    private RunningTurn start(String text) {
        return RunningTurn.start(harness, HarnessStage.request(SESSION, text));
    }

    /** Lets the turn end with an answer. */
    private static void finish(RunningTurn turn, FakeAppServer where) throws Exception {
        turn.await(TurnEvent.Started.class);
        ServerNotification answer = Wire.closed(TURN, Wire.answer("m", "fine"));
        where.tell(answer, Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(turn.answer()).isEqualTo("fine");
    }

    /** The disk is full, say: no binding that is there can be changed any more. */
    private void nothingCanBeNoted() {
        database.writeNow(
                "test.full",
                handle ->
                        handle.execute(
                                """
                                CREATE TRIGGER full BEFORE UPDATE ON binding
                                BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
                                """));
    }

    private TurnRequest begun(TurnRequest request) {
        return request.begun(
                new Beginning(
                        timers.instant(), Optional.of(new TurnEvent.Started(Wire.THREAD, TURN))));
    }

    private static ThreadRead.Result read(CodexTurn turn) {
        return new ThreadRead.Result(Wire.thread(Wire.THREAD, new ThreadStatus.Idle(), turn));
    }

    private FakeAppServer replace() {
        FakeAppServer other = new FakeAppServer();
        next.add(other);
        server.close();
        return other;
    }

    private static void dying(FakeAppServer server) {
        server.on(
                TurnStart.class,
                start -> {
                    server.close();
                    throw new ConnectionClosedException("gone", null);
                });
    }

    private static void refusesToResume(FakeAppServer server, String why) {
        server.on(
                ThreadResume.class,
                resume -> {
                    throw refused("thread/resume", why);
                });
    }

    private static RpcFailedException refused(String method, String text) {
        return new RpcFailedException(method, -32600, null, text);
    }

    private final class FakeAppServers implements AppServers {

        private FakeAppServer current = server;

        @Override
        public synchronized AppServer attach(String agentId) {
            if (!current.isOpen() && !next.isEmpty()) {
                current = next.removeFirst();
            }
            return current;
        }

        @Override
        public List<AppServerHealth> health() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
