package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueMode;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.Beginning;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SessionKey;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerHealth;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.SentMessages;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.ManualTimers;
import dev.chela.harness.testing.Wire;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.tools.ToolLimits;
import dev.chela.harness.tools.ToolRegistry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** A harness on an imitated server, which may be replaced by another. */
abstract class CodexBench {

    static final SessionKey SESSION = new SessionKey("agent:main:web:direct:ada");

    final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    final ManualTimers timers = new ManualTimers();
    final Bindings bindings = new Bindings(database);
    final FakeAppServer server = new FakeAppServer();
    final Deque<FakeAppServer> next = new ArrayDeque<>();
    final ToolRegistry tools = new ToolRegistry(List.of(new SentMessages()));
    final Codex codex =
            new Codex(
                    new FakeAppServers(),
                    agent -> CodexSettings.of(Path.of("/w")),
                    bindings,
                    new Transcripts(database, timers),
                    tools,
                    SignIn.withoutKeys(),
                    timers);
    final CodexHarness harness =
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

    RunningTurn start(String text) {
        return RunningTurn.start(harness, HarnessStage.request(SESSION, text));
    }

    /** Lets the turn end with an answer. */
    static void finish(RunningTurn turn, FakeAppServer where) throws Exception {
        turn.await(TurnEvent.Started.class);
        ServerNotification answer = Wire.closed(TURN, Wire.answer("m", "fine"));
        where.tell(answer, Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(turn.answer()).isEqualTo("fine");
    }

    /** The disk is full, say: no binding that is there can be changed any more. */
    void nothingCanBeNoted() {
        database.writeNow(
                "test.full",
                handle ->
                        handle.execute(
                                """
                                CREATE TRIGGER full BEFORE UPDATE ON binding
                                BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
                                """));
    }

    TurnRequest begun(TurnRequest request) {
        return request.begun(
                new Beginning(
                        timers.instant(), Optional.of(new TurnEvent.Started(Wire.THREAD, TURN))));
    }

    static ThreadRead.Result read(CodexTurn turn) {
        return new ThreadRead.Result(Wire.thread(Wire.THREAD, new ThreadStatus.Idle(), turn));
    }

    FakeAppServer replace() {
        FakeAppServer other = new FakeAppServer();
        next.add(other);
        server.close();
        return other;
    }

    static void dying(FakeAppServer server) {
        server.on(
                TurnStart.class,
                start -> {
                    server.close();
                    throw new ConnectionClosedException("gone", null);
                });
    }

    static void refusesToResume(FakeAppServer server, String why) {
        server.on(
                ThreadResume.class,
                resume -> {
                    throw refused("thread/resume", why);
                });
    }

    static RpcFailedException refused(String method, String text) {
        return new RpcFailedException(method, -32600, null, text);
    }

    final class FakeAppServers implements AppServers {

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
