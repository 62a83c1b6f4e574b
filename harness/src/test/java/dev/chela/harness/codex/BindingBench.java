package dev.chela.harness.codex;

import dev.chela.config.CodexPluginConfig.Discovery;
import dev.chela.config.QueueMode;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.AgentTool;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SessionKey;
import dev.chela.harness.SystemTimers;
import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerHealth;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.protocol.ClientRequest;
import dev.chela.harness.appserver.protocol.ThreadUnsubscribe;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.hooks.NativeHooks;
import dev.chela.harness.kit.SentMessages;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.testing.RecordingAppServer;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.tools.ToolLimits;
import dev.chela.harness.tools.ToolRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A whole turn runner on a stage that remembers what was asked of the server. */
final class BindingBench implements AutoCloseable {

    private static final SystemTimers CLOCK = new SystemTimers();

    final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    final Timers timers;
    final Bindings bindings = new Bindings(database);
    final Approvals approvals;
    final SentMessages message = new SentMessages();
    private final List<ClientRequest<?>> asked = new CopyOnWriteArrayList<>();
    private Optional<RecordingAppServer> recording = Optional.empty();
    private final Stage stage;
    private volatile CodexSettings settings;
    private volatile QueueMode mode = QueueMode.STEER;
    private volatile Supplier<NativeHooks> hooks = NativeHooks::none;

    BindingBench(Stage stage) {
        this(stage, CLOCK);
    }

    BindingBench(Stage stage, Timers timers) {
        this.timers = timers;
        this.approvals = new Approvals(database, timers, new Random(1), ApprovalDesk.none());
        this.stage = stage;
        this.settings = CodexSettings.of(stage.workspace());
    }

    BindingBench with(ThreadSetup setup) {
        settings = settings.withSetup(setup);
        return this;
    }

    /** What the next processes relay hooks to. */
    BindingBench with(Supplier<NativeHooks> relay) {
        hooks = relay;
        return this;
    }

    BindingBench with(QueueMode next) {
        mode = next;
        return this;
    }

    BindingBench with(Policy policy) {
        settings = settings.withPolicy(policy);
        return this;
    }

    BindingBench with(Watches watches) {
        settings = settings.withWatches(watches);
        return this;
    }

    BindingBench withModel(String model) {
        settings = settings.withModel(model);
        return this;
    }

    /** What was asked of servers so far, oldest first. */
    <T extends ClientRequest<?>> List<T> asked(Class<T> type) {
        return asked.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Puts a message into the session's transcript. */
    void mirror(SessionKey session, String who, String text) {
        database.writeNow(
                "session.mirror",
                handle -> {
                    handle.execute(
                            """
                            INSERT INTO session (session_key, session_id, started_at,
                                last_interaction_at, updated_at)
                            VALUES (?, 'id-1', 0, 0, 0) ON CONFLICT DO NOTHING
                            """,
                            session.value());
                    return handle.execute(
                            """
                            INSERT INTO transcript
                                (session_key, session_id, entry_key, kind, body, at)
                            VALUES (?, 'id-1', ?, 'message', json_object('message',
                                json_object('role', ?, 'text', ?)), 0)
                            """,
                            session.value(),
                            UUID.randomUUID().toString(),
                            who,
                            text);
                });
    }

    /** A process of the bot that offers no tools. */
    Process toolless() {
        return new Process(new ToolRegistry(List.of()));
    }

    /** A process of the bot: what it keeps in memory is its own. */
    Process process(AgentTool... more) {
        List<AgentTool> tools = new ArrayList<>(List.of(more));
        tools.add(message);
        return new Process(new ToolRegistry(tools));
    }

    @Override
    public void close() {
        database.close();
    }

    /** One bot process. */
    final class Process {

        final Codex codex;
        final CodexHarness harness;
        final NativeHooks relay;

        private Process(ToolRegistry tools) {
            relay = hooks.get();
            codex =
                    new Codex(
                            servers(),
                            agent -> settings,
                            bindings,
                            new Transcripts(database, timers),
                            tools,
                            SignIn.withoutKeys(),
                            timers,
                            new Codex.Manners(
                                    () -> new Discovery(true, Duration.ofSeconds(2)), relay));
            harness =
                    new CodexHarness(
                            codex,
                            new ToolCalls(
                                    tools,
                                    database,
                                    timers,
                                    Checkpoints.none(),
                                    ToolLimits.defaults()),
                            approvals,
                            timers,
                            Checkpoints.none(),
                            any -> mode);
        }
    }

    /** Waits until the bot's connection was told that a turn runs there; 0.125 never tells. */
    void awaitBusy(ThreadId thread) {
        AppServer server = recorded();
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (server.version().isAtLeast("0.169.0")
                && !server.isBusy(thread)
                && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** The threads that were let go so far. */
    List<ThreadId> letGo() {
        return asked(ThreadUnsubscribe.class).stream().map(ThreadUnsubscribe::threadId).toList();
    }

    /** Waits until the thread was let go, which happens beside the turns. */
    void awaitLetGo(ThreadId thread) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!letGo().contains(thread)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(thread + " was not let go");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private synchronized AppServer recorded() {
        AppServer server = stage.server();
        if (!server.equals(recording.map(RecordingAppServer::other).orElse(null))) {
            recording = Optional.of(new RecordingAppServer(server, asked));
        }
        return recording.orElseThrow();
    }

    private AppServers servers() {
        return new AppServers() {
            @Override
            public AppServer attach(String agentId) {
                return recorded();
            }

            @Override
            public List<AppServerHealth> health() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}
