package dev.chela.harness.kit;

import dev.chela.config.QueueMode;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.AgentTool;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.SystemTimers;
import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.codex.CodexHarness;
import dev.chela.harness.codex.CodexSettings;
import dev.chela.harness.codex.Policy;
import dev.chela.harness.codex.Watches;
import dev.chela.harness.computeruse.Wish;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.tools.ToolLimits;
import dev.chela.harness.tools.ToolRegistry;
import dev.chela.harness.trajectory.Trajectories;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Chela's own harness on a stage: a real database, the tools of a test, a desk that decides. */
public final class HarnessStage implements AutoCloseable {

    private final Stage stage;
    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final DecidingDesk desk = new DecidingDesk();
    private final Bindings bindings = new Bindings(database);
    private final Approvals approvals;
    private final List<AgentTool> tools;
    private final Timers timers;
    private final AutoCloseable closing;
    private volatile Codex codex;
    private volatile CodexHarness harness;
    private volatile Policy policy = Policy.YOLO;
    private volatile Watches watches = Watches.defaults();
    private volatile Trajectories trajectories = Trajectories.none();
    private volatile Wish computerUse = Wish.none();

    /** On the clock of this machine; the stage is closed with it. */
    public HarnessStage(Stage stage, AgentTool... tools) {
        this(stage, new SystemTimers(), tools);
    }

    private HarnessStage(Stage stage, SystemTimers timers, AgentTool... tools) {
        this(stage, timers, timers, tools);
    }

    /** On a clock of the test's own. */
    public HarnessStage(Stage stage, Timers timers, AutoCloseable closing, AgentTool... tools) {
        this.stage = stage;
        this.timers = timers;
        this.closing = closing;
        this.tools = List.of(tools);
        approvals = new Approvals(database, timers, new Random(), desk);
        desk.sitAt(approvals);
        codex = codex(this.tools);
        harness = harness(codex, this.tools);
    }

    /**
     * Goes on as another process of the bot would: what the one before kept in memory is gone.
     *
     * @param more tools that this one has besides
     */
    public void restart(AgentTool... more) {
        var all = Stream.concat(tools.stream(), Stream.of(more)).toList();
        codex = codex(all);
        harness = harness(codex, all);
    }

    private Codex codex(List<AgentTool> all) {
        return new Codex(
                new StageServers(stage),
                _ -> settings(),
                bindings,
                new Transcripts(database, timers),
                new ToolRegistry(all),
                SignIn.withoutKeys(),
                timers);
    }

    private CodexHarness harness(Codex inner, List<AgentTool> all) {
        var calls =
                new ToolCalls(
                        new ToolRegistry(all),
                        database,
                        timers,
                        Checkpoints.none(),
                        ToolLimits.defaults());
        return new CodexHarness(
                inner,
                calls,
                approvals,
                timers,
                Checkpoints.none(),
                session -> QueueMode.FOLLOWUP,
                trajectories);
    }

    /** Records the turns that begin from now on. */
    public void record(Trajectories trails) {
        trajectories = trails;
        harness = harness(codex, tools);
    }

    private CodexSettings settings() {
        return CodexSettings.of(stage.workspace())
                .withModel("gpt-5.5")
                .withPolicy(policy)
                .withWatches(watches)
                .withComputerUse(computerUse);
    }

    /** What turns ask for from now on. */
    public void computerUse(Wish next) {
        computerUse = next;
    }

    /** What turns may do unasked from now on. */
    public void policy(Policy next) {
        policy = next;
    }

    /** How long turns may be silent from now on. */
    public void watches(Watches next) {
        watches = next;
    }

    public Stage stage() {
        return stage;
    }

    public CodexHarness harness() {
        return harness;
    }

    /** What commands use. */
    public Codex codex() {
        return codex;
    }

    public Approvals approvals() {
        return approvals;
    }

    public ServerTraits traits() {
        return ServerTraits.of(stage.server());
    }

    public Bindings bindings() {
        return bindings;
    }

    public DecidingDesk desk() {
        return desk;
    }

    /** A session nobody used before. */
    public static SessionKey freshSession() {
        return new SessionKey("agent:main:web:direct:" + UUID.randomUUID());
    }

    /** A request in which this text is asked. */
    public static TurnRequest request(SessionKey session, String text) {
        return request(session, text, ReplyMode.AUTOMATIC);
    }

    /** The same in a way of replying. */
    public static TurnRequest request(SessionKey session, String text, ReplyMode mode) {
        var source = new Source("web:ada", Source.Kind.DIRECT, "web", "ada", "Ada", true);
        var key = new TurnKey(UUID.randomUUID().toString());
        var context =
                new TurnContext(
                        key,
                        session,
                        source,
                        mode,
                        List.of(1L),
                        Optional.empty(),
                        Optional.of(UUID.randomUUID().toString()));
        var input = new InputKey(UUID.randomUUID().toString());
        return new TurnRequest(context, input, Prompt.of(text), Optional.empty());
    }

    /** Runs a turn beside the test. */
    public RunningTurn start(SessionKey session, String text) {
        return start(request(session, text));
    }

    public RunningTurn start(TurnRequest request) {
        return RunningTurn.start(harness, request);
    }

    /** Finds out what became of a turn of an earlier process. */
    public RunningTurn recover(TurnRequest request) {
        return RunningTurn.recover(harness, request);
    }

    /** What time it is for the harness. */
    public Instant now() {
        return timers.instant();
    }

    /** The native thread of a session that had a turn. */
    public ThreadId thread(SessionKey session) {
        return bindings.load(session).orElseThrow().thread();
    }

    @Override
    public void close() throws Exception {
        stage.close();
        closing.close();
        database.close();
    }
}
