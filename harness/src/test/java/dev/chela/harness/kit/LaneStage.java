package dev.chela.harness.kit;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestConfig;
import dev.chela.harness.AgentHarness;
import dev.chela.harness.AgentTool;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.Timers;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerHealth;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.codex.CodexHarness;
import dev.chela.harness.codex.CodexSettings;
import dev.chela.harness.codex.Policy;
import dev.chela.harness.codex.Watches;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.ResetPolicy;
import dev.chela.harness.session.Sessions;
import dev.chela.harness.session.Submission;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.testing.ManualTimers;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.tools.ToolLimits;
import dev.chela.harness.tools.ToolRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * Real lanes on a real database over Chela's own harness, on a clock that goes on only when all is
 * still. Every session has an agent, and so an app-server, of its own.
 */
public final class LaneStage implements AutoCloseable {

    private static final int TURNS_MAX = 10_000;

    private final Setting setting;
    private final ManualTimers timers = new ManualTimers();
    private final DirectDatabase database = new DirectDatabase(HarnessSchema.part());
    private final Stillness stillness = new Stillness();
    private final Map<String, Stage> stages = new ConcurrentHashMap<>();
    private final LaneDesk desk;
    private Bot bot;

    /**
     * What a bot is made with.
     *
     * @param words what each ticket says
     * @param people decide what they are asked; empty leaves it open
     * @param spoiled what a test puts in the harness's place to see that it is found
     */
    public record Setting(
            QueueMode mode,
            Policy policy,
            Watches watches,
            LongFunction<String> words,
            Function<Approval, Optional<Decision>> people,
            UnaryOperator<AgentHarness> spoiled,
            List<AgentTool> tools) {}

    public LaneStage(Setting setting) {
        this.setting = setting;
        desk = new LaneDesk(timers, setting.words());
        bot = new Bot();
    }

    /** The one session of an agent. */
    public static SessionKey session(String agent) {
        return new SessionKey("agent:" + agent + ":web:direct:ada");
    }

    /** Gives an agent its server. */
    public void put(String agent, Stage stage) {
        stages.put(agent, stage);
    }

    public Timers timers() {
        return timers;
    }

    public Instant now() {
        return timers.instant();
    }

    public LaneDesk desk() {
        return desk;
    }

    /** The sessions of the bot that lives now. */
    public Sessions sessions() {
        return bot.sessions;
    }

    /** Brings a message, or brings it again. */
    public void submit(String agent, long ticket) {
        bot.sessions.submit(
                new Submission(
                        ticket,
                        session(agent),
                        new Source("web:ada", Source.Kind.DIRECT, "web", "ada", "Ada", true),
                        ReplyMode.AUTOMATIC,
                        Optional.empty()));
    }

    /** Returns when nothing happens any more unless the clock goes on. */
    public void awaitStillness() {
        stillness.await();
    }

    /** Moves on to the next alarm; false, and stays, if there is none by then. */
    public boolean goOn(Instant latest) {
        var next = timers.nextDue().filter(due -> !due.isAfter(latest));
        next.ifPresent(due -> timers.advance(Duration.between(timers.instant(), due)));
        stillness.await();
        return next.isPresent();
    }

    /** Moves on to a moment, ringing what is due until then. */
    public void waitUntil(Instant then) {
        timers.advance(Duration.between(timers.instant(), then));
        stillness.await();
    }

    /** The bot dies as by SIGKILL, and its servers with it; another one begins. */
    public void restart() {
        bot.die();
        stillness.await();
        bot = new Bot();
        bot.approvals.recover();
        bot.sessions.recover();
    }

    /** Whether a message's row says that it is over, and its turn's row what came of it. */
    public boolean isStoredAsOver(long ticket) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                                """
                                                SELECT count(*) FROM turn_input i
                                                LEFT JOIN turn t ON t.turn_key = i.turn_key
                                                WHERE i.ticket = :ticket AND i.state = 'ended'
                                                  AND (i.end_kind IS NOT NULL OR
                                                    (t.state = 'closed' AND t.outcome IS NOT NULL))
                                                """)
                                        .bind("ticket", ticket)
                                        .mapTo(Integer.class)
                                        .one()
                                == 1);
    }

    @Override
    public void close() {
        bot.die();
        stages.values().forEach(Stage::close);
        database.close();
    }

    /** One process of the bot. */
    private final class Bot implements AppServers {

        private final MortalDatabase state = new MortalDatabase(database);
        private final MortalTimers clock = new MortalTimers(timers);
        private final DecidingDesk people = new DecidingDesk();
        private final Approvals approvals = new Approvals(state, clock, new Random(), people);
        private final Sessions sessions;
        private volatile boolean dead;

        Bot() {
            people.sitAt(approvals);
            people.deciding(setting.people());
            var queue =
                    new QueueConfig(
                            setting.mode(),
                            Duration.ZERO,
                            50,
                            QueueConfig.Drop.OLD,
                            Map.of(),
                            Map.of());
            var resets = ResetPolicy.of(TestConfig.defaults().session(), ZoneOffset.UTC);
            sessions =
                    new Sessions(
                            state,
                            new Noted(setting.spoiled().apply(harness()), desk),
                            new MortalDesk(desk, state),
                            clock,
                            () -> queue,
                            () -> resets,
                            () -> TURNS_MAX);
        }

        private AgentHarness harness() {
            var registry = new ToolRegistry(setting.tools());
            var codex =
                    new Codex(
                            this,
                            this::settings,
                            new Bindings(state),
                            new Transcripts(state, clock),
                            registry,
                            SignIn.withoutKeys(),
                            clock);
            var calls =
                    new ToolCalls(
                            registry, state, clock, Checkpoints.none(), ToolLimits.defaults());
            return new CodexHarness(codex, calls, approvals, clock, Checkpoints.none());
        }

        private CodexSettings settings(String agent) {
            return CodexSettings.of(stages.get(agent).workspace())
                    .withModel("gpt-5.5")
                    .withPolicy(setting.policy())
                    .withWatches(setting.watches());
        }

        @Override
        public AppServer attach(String agentId) {
            if (dead) {
                throw new ConnectionClosedException("this bot is dead", null);
            }
            return stages.get(agentId).server();
        }

        @Override
        public List<AppServerHealth> health() {
            return List.of();
        }

        void die() {
            dead = true;
            clock.die();
            state.die();
            stages.values().forEach(Stage::kill);
        }

        @Override
        public void close() {
            die();
        }
    }

    /** A harness whose turns are noted. */
    private static final class Noted extends ChangedHarness {

        private final LaneDesk desk;

        Noted(AgentHarness inner, LaneDesk desk) {
            super(inner);
            this.desk = desk;
        }

        @Override
        public TurnOutcome run(TurnRequest request, Consumer<TurnEvent> events) {
            desk.begun(request.turn().tickets());
            return super.run(request, events);
        }
    }
}
