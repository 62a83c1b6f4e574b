package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnOutcome.Cause;
import dev.chela.harness.TurnOutcome.Completed;
import dev.chela.harness.TurnOutcome.Failed;
import dev.chela.harness.TurnOutcome.Failure;
import dev.chela.harness.TurnOutcome.Interrupted;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerHealth;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.RequestTimedOutException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.ServerVersion;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.CodexThread;
import dev.chela.harness.appserver.protocol.Empty;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.appserver.protocol.SandboxPolicy;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadFork;
import dev.chela.harness.appserver.protocol.ThreadInjectItems;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.ThreadUnsubscribe;
import dev.chela.harness.appserver.protocol.TurnInterrupt;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.session.Binding;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.KeptReply;
import dev.chela.harness.testing.ManualTimers;
import dev.chela.harness.testing.Wire;
import dev.chela.harness.tools.ToolRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person gets for a side question when all goes well, and when it does not. */
class SideQuestionsTest {

    private static final SessionKey SESSION = new SessionKey("agent:main:web:direct:ada");
    private static final ThreadId MAIN = new ThreadId("thread-main");
    private static final ThreadId SIDE = new ThreadId("thread-side");
    private static final Duration BUDGET = Duration.ofMinutes(10);

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final ManualTimers timers = new ManualTimers();
    private final Bindings bindings = new Bindings(database);
    private final FakeAppServer server = forking();
    private final Deque<FakeAppServer> next = new ArrayDeque<>();
    private CodexSettings settings = CodexSettings.of(Path.of("/w")).withModel("gpt-5.5");
    private final Codex codex =
            new Codex(
                    new FakeAppServers(),
                    agent -> settings,
                    bindings,
                    new Transcripts(database, timers),
                    new ToolRegistry(List.of()),
                    SignIn.withoutKeys(),
                    timers);
    private final SideQuestions sides = new SideQuestions(codex, timers, Checkpoints.none());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void itIsAnsweredFromACopyOfTheThreadThatIsLetGo() throws Exception {
        Binding before = bind();

        CompletableFuture<TurnOutcome> asked = ask("what is a lane?");
        TurnStart sent = server.await(TurnStart.class);
        server.tell(
                Wire.closed(TURN, Wire.answer("m", "a mailbox")),
                Wire.completed(TURN, TurnStatus.COMPLETED));

        assertThat(text(asked)).isEqualTo("a mailbox");
        ThreadFork fork = server.await(ThreadFork.class);
        assertThat(fork.threadId()).isEqualTo(MAIN);
        assertThat(fork.ephemeral()).isTrue();
        assertThat(fork.excludeTurns()).isTrue();
        assertThat(fork.options().model()).isEqualTo("gpt-5.5");
        assertThat(sent.threadId()).isEqualTo(SIDE);
        assertThat(sent.options().additionalContext().get("chela:side").value())
                .contains("side question")
                .doesNotContain("Nobody did");
        assertThat(server.await(ThreadUnsubscribe.class).threadId()).isEqualTo(SIDE);
        assertThat(server.all(TurnInterrupt.class)).isEmpty();
        assertThat(server.all(ThreadResume.class)).isEmpty();
        assertThat(bindings.load(SESSION)).contains(before);
    }

    @Test
    void itReadsOnlyAndLeavesOutWhatCouldChangeSomething() throws Exception {
        settings =
                settings.withSetup(
                        new ThreadSetup(
                                Map.of(
                                        "web_search",
                                        "live",
                                        "mcp_servers.mail",
                                        Map.of("command", "mail"),
                                        "default_permissions",
                                        "chela-network-1",
                                        "permissions",
                                        Map.of()),
                                Map.of(Facts.RUNTIME, ThreadSetup.LOCAL),
                                true,
                                0,
                                0,
                                Optional.empty()));
        bind();

        CompletableFuture<TurnOutcome> asked = ask("hm?");
        TurnStart sent = server.await(TurnStart.class);
        server.tell(Wire.completed(TURN, TurnStatus.COMPLETED));
        asked.get(10, TimeUnit.SECONDS);

        var options = server.await(ThreadFork.class).options();
        assertThat(options.sandbox()).isEqualTo(SandboxMode.READ_ONLY);
        assertThat(options.approvalPolicy()).isEqualTo(ApprovalPolicy.ON_REQUEST);
        assertThat(options.approvalsReviewer()).isEqualTo(ApprovalsReviewer.USER);
        assertThat(options.config().toString())
                .contains("\"web_search\":\"live\"", "\"features.goals\":false")
                .contains("\"features.default_mode_request_user_input\":false")
                .doesNotContain("mcp_servers", "permissions");
        assertThat(sent.options().sandboxPolicy()).isEqualTo(new SandboxPolicy.ReadOnly(false));
    }

    @Test
    void aSessionThatAsksAboutEveryCommandDoesNotRunOneUnaskedHere() {
        assertThat(Policy.ASKING.aside().approval()).isEqualTo(ApprovalPolicy.UNTRUSTED);
        assertThat(Policy.GUARDIAN.aside().reviewer()).isEqualTo(ApprovalsReviewer.USER);
    }

    @Test
    void aSessionWithoutAThreadIsAnsweredByANewOneThatIsNotKept() throws Exception {
        server.on(ThreadStart.class, any -> Wire.opened(thread()));

        CompletableFuture<TurnOutcome> asked = ask("hm?");
        answered(server, "hello");

        assertThat(text(asked)).isEqualTo("hello");
        assertThat(server.await(ThreadStart.class).ephemeral()).isTrue();
        assertThat(server.all(ThreadFork.class)).isEmpty();
        assertThat(bindings.load(SESSION)).isEmpty();
    }

    @Test
    void aThreadThatIsLostIsReplacedByOneThatKnowsTheTranscript() throws Exception {
        bind();
        said("the crab is red");
        server.on(ThreadStart.class, any -> Wire.opened(thread()));
        server.on(ThreadFork.class, any -> refused("no rollout found for thread id thread-main"));

        CompletableFuture<TurnOutcome> asked = ask("which colour?");
        answered(server, "red");

        assertThat(text(asked)).isEqualTo("red");
        assertThat(server.await(ThreadInjectItems.class).items().toString())
                .contains("the crab is red");
    }

    @Test
    void aForkThatIsRefusedIsTold() throws Exception {
        bind();
        server.on(ThreadFork.class, any -> refused("forks are off today"));

        Failed failed = (Failed) ask("hm?").get(10, TimeUnit.SECONDS);

        assertThat(failed.notice()).contains("forks are off today");
        assertThat(server.all(TurnStart.class)).isEmpty();
        assertThat(bindings.load(SESSION)).isPresent();
    }

    @Test
    void oneThatIsNeverAnsweredIsGivenUpAfterTenMinutes() throws Exception {
        bind();
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        server.await(TurnStart.class);

        timers.advance(BUDGET.minusSeconds(1));
        assertThat(asked).isNotDone();
        timers.advance(Duration.ofSeconds(1));

        Failed failed = (Failed) asked.get(10, TimeUnit.SECONDS);
        assertThat(failed.kind()).isEqualTo(Failure.TIMEOUT);
        assertThat(failed.notice()).contains("within 10 minutes");
        assertThat(server.await(TurnInterrupt.class).threadId()).isEqualTo(SIDE);
        assertThat(server.await(ThreadUnsubscribe.class).threadId()).isEqualTo(SIDE);
    }

    @Test
    void whoeverAsksIsToldInTimeAlsoWhileTheServerSaysNothing() throws Exception {
        bind();
        var stuck = new CompletableFuture<Object>();
        server.on(ThreadFork.class, any -> stuck.join());
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        server.await(ThreadFork.class);

        timers.advance(BUDGET);

        assertThat(((Failed) asked.get(10, TimeUnit.SECONDS)).kind()).isEqualTo(Failure.TIMEOUT);
        stuck.complete(Wire.opened(thread()));
        assertThat(server.await(ThreadUnsubscribe.class).threadId()).isEqualTo(SIDE);
        assertThat(server.all(TurnStart.class)).isEmpty();
    }

    @Test
    void aStartThatIsNotAnsweredIsStillInterrupted() throws Exception {
        bind();
        TurnId heard = new TurnId("turn-heard");
        server.on(
                TurnStart.class,
                any -> {
                    server.tell(
                            new ServerNotification.TurnStarted(
                                    SIDE, Wire.turn(heard, TurnStatus.IN_PROGRESS)));
                    throw new RequestTimedOutException("silence");
                });

        Failed failed = (Failed) ask("hm?").get(10, TimeUnit.SECONDS);

        assertThat(failed.kind()).isEqualTo(Failure.TIMEOUT);
        assertThat(server.await(TurnInterrupt.class).turnId()).isEqualTo(heard);
    }

    @Test
    void oneThatIsCutOffIsAskedAgainOfTheNextServer() throws Exception {
        bind();
        FakeAppServer second = forking();
        next.add(second);
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        server.await(TurnStart.class);

        server.close();
        answered(second, "here");

        assertThat(text(asked)).isEqualTo("here");
    }

    @Test
    void oneThatIsCutOffTwiceIsToldSo() throws Exception {
        bind();
        FakeAppServer second = forking();
        next.add(second);
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        server.await(TurnStart.class);
        server.close();
        second.await(TurnStart.class);
        second.close();

        assertThat(((Failed) asked.get(10, TimeUnit.SECONDS)).kind())
                .isEqualTo(Failure.SERVER_UNAVAILABLE);
    }

    @Test
    void nobodyIsAskedAndToolsOfOursDoNothing() throws Exception {
        bind();
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        server.await(TurnStart.class);
        KeptReply approval = new KeptReply(1);
        KeptReply tool = new KeptReply(2);

        server.ask(Wire.mayRun(TURN, "rm -r ."), approval);
        server.ask(
                new ServerRequest.ToolCall(SIDE, TURN, "c", null, "message", Wire.object()), tool);

        assertThat(approval.await())
                .isEqualTo(ServerAnswer.CommandDecision.of(ServerAnswer.Decision.DECLINE));
        assertThat(tool.await().toString())
                .contains("success=false", "side question, which has no tools");
        server.tell(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(asked.get(10, TimeUnit.SECONDS))
                .isEqualTo(new Completed(Optional.empty(), false, List.of()));
    }

    @Test
    void whatTheModelsServerRefusesIsToldWithItsCause() throws Exception {
        bind();
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        server.await(TurnStart.class);
        server.tell(Wire.failed(TURN, "contextWindowExceeded", "too much"));

        assertThat(((Failed) asked.get(10, TimeUnit.SECONDS)).kind())
                .isEqualTo(Failure.CONTEXT_FULL);
    }

    @Test
    void duringATurnTheModelIsToldThatNobodyInterruptedIt() throws Exception {
        bind();
        codex.threadBook().works(MAIN);
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        TurnStart sent = server.await(TurnStart.class);
        server.tell(Wire.completed(TURN, TurnStatus.COMPLETED));
        asked.get(10, TimeUnit.SECONDS);

        assertThat(sent.options().additionalContext().get("chela:side").value())
                .contains("Nobody did");
    }

    @Test
    void anOldServerIsToldBehindTheQuestion() throws Exception {
        bind();
        server.version = ServerVersion.parse("0.125.0");
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        TurnStart sent = server.await(TurnStart.class);
        server.tell(Wire.completed(TURN, TurnStatus.COMPLETED));
        asked.get(10, TimeUnit.SECONDS);

        assertThat(sent.options().additionalContext()).isNull();
        assertThat(sent.input().toString()).contains("hm?", "[This is a side question");
    }

    @Test
    void twoAtOnceAreAnsweredInASessionAndAThirdIsRefused() throws Exception {
        bind();
        ask("one");
        ask("two");
        server.await(TurnStart.class, 2);

        Failed third = (Failed) ask("three").get(10, TimeUnit.SECONDS);

        assertThat(third.notice()).startsWith("Too many side questions are being answered here.");
        assertThat(sides.stop(SESSION)).isEqualTo(2);
        server.await(ThreadUnsubscribe.class, 2);
    }

    @Test
    void aStopGivesThemUp() throws Exception {
        bind();
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        server.await(TurnStart.class);

        assertThat(sides.stop(new SessionKey("agent:main:web:direct:bob"))).isZero();
        assertThat(sides.stop(SESSION)).isEqualTo(1);

        assertThat(asked.get(10, TimeUnit.SECONDS))
                .isEqualTo(new Interrupted(Cause.USER_STOP, Optional.empty()));
        server.await(TurnInterrupt.class);
        server.await(ThreadUnsubscribe.class);
    }

    /** Codex answers turn/start a moment before there is a turn to interrupt. */
    @Test
    void aStopThatComesTooEarlyIsSentAgainWhenTheTurnBegins() throws Exception {
        bind();
        server.on(
                TurnInterrupt.class,
                any -> {
                    if (server.all(TurnInterrupt.class).size() == 1) {
                        throw new RpcFailedException(
                                "turn/interrupt", -32600, null, "no active turn to interrupt");
                    }
                    return new Empty();
                });
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        server.await(TurnStart.class);
        sides.stop(SESSION);
        asked.get(10, TimeUnit.SECONDS);
        server.await(TurnInterrupt.class);
        timers.awaitArmed(1);

        server.tell(
                new ServerNotification.TurnStarted(SIDE, Wire.turn(TURN, TurnStatus.IN_PROGRESS)));

        server.await(TurnInterrupt.class, 2);
        server.await(ThreadUnsubscribe.class);
    }

    @Test
    void aBotThatStopsEndsThemInCodexAndLeavesThemToTheNextStart() throws Exception {
        bind();
        CompletableFuture<TurnOutcome> asked = ask("hm?");
        server.await(TurnStart.class);

        sides.close(Duration.ofSeconds(10));

        assertThat(server.all(TurnInterrupt.class)).hasSize(1);
        assertThat(server.all(ThreadUnsubscribe.class)).hasSize(1);
        var shutDown = new Interrupted(Cause.SHUTDOWN, Optional.empty());
        assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo(shutDown);
        assertThat(ask("and now?").get(10, TimeUnit.SECONDS)).isEqualTo(shutDown);
    }

    private Binding bind() {
        Binding bound = new Binding(SESSION, MAIN, Map.of(), timers.instant(), timers.instant());
        bindings.save(bound);
        return bindings.load(SESSION).orElseThrow();
    }

    private CompletableFuture<TurnOutcome> ask(String question) {
        return CompletableFuture.supplyAsync(
                () -> sides.ask(SESSION, question, Optional.empty()),
                task -> Thread.ofVirtual().start(task));
    }

    private static String text(CompletableFuture<TurnOutcome> asked) throws Exception {
        return ((Completed) asked.get(10, TimeUnit.SECONDS)).text().orElseThrow();
    }

    private static void answered(FakeAppServer by, String words) throws InterruptedException {
        by.await(TurnStart.class);
        by.tell(
                Wire.closed(TURN, Wire.answer("m", words)),
                Wire.completed(TURN, TurnStatus.COMPLETED));
    }

    private static FakeAppServer forking() {
        FakeAppServer fake = new FakeAppServer();
        fake.on(ThreadFork.class, any -> Wire.opened(thread()));
        return fake;
    }

    private static CodexThread thread() {
        return Wire.thread(SIDE, new ThreadStatus.Idle());
    }

    private static Object refused(String words) {
        throw new RpcFailedException("thread/fork", -32600, null, words);
    }

    private void said(String text) {
        database.writeNow(
                "session.mirror",
                handle ->
                        handle.execute(
                                        """
                                        INSERT INTO session (session_key, session_id, started_at,
                                            last_interaction_at, updated_at)
                                        VALUES (?, 'id-1', 0, 0, 0)
                                        """,
                                        SESSION.value())
                                + handle.execute(
                                        """
                                        INSERT INTO transcript
                                            (session_key, session_id, entry_key, kind, body, at)
                                        VALUES (?, 'id-1', 'e', 'message', json_object('message',
                                            json_object('role', 'user', 'text', ?)), 0)
                                        """,
                                        SESSION.value(),
                                        text));
    }

    /** The next one when the one before is closed. */
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
