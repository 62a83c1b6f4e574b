package dev.chela.bot;

import dev.chela.bot.route.Appointed;
import dev.chela.bot.route.Router;
import dev.chela.bot.route.Routing;
import dev.chela.bot.web.TurnTally;
import dev.chela.bot.wire.ChannelWorks;
import dev.chela.channels.Channel;
import dev.chela.channels.Conversation;
import dev.chela.channels.EventId;
import dev.chela.channels.delivery.Posted;
import dev.chela.channels.http.LocalHttp;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.channels.inbox.Outcome;
import dev.chela.commands.core.StatusCommand;
import dev.chela.config.ChelaConfig;
import dev.chela.config.Release;
import dev.chela.harness.SessionKey;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.managed.CodexInstallation;
import dev.chela.harness.codex.Policy;
import dev.chela.harness.session.StuckWatch;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root, read top to bottom: what a start builds, in which order it comes alive, and
 * how it stops.
 */
public final class Chela implements AutoCloseable {

    private static final Duration INTERRUPTED_MAX = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Chela.class);

    private final Ground ground;
    private final ChannelRoom channels;
    private final AgentRoom agents;
    private final CommandRoom commands;
    private final Router router;
    private final LocalHttp http;
    private final Stages stages;
    private final TurnTally turns;
    private final Upkeep upkeep;
    private final StuckWatch stuckWatch;
    private final OutputWatch outputWatch;
    private volatile boolean ready;

    /** Builds a bot that does nothing yet. */
    Chela(
            Ground ground,
            LocalHttp http,
            Supplier<CodexInstallation> installation,
            List<Channel> more,
            Stages stages) {
        this.ground = ground;
        this.http = http;
        this.stages = stages;
        turns = new TurnTally(ground.timers());
        channels = ChannelRoom.open(ground);
        Appointed deciders = new Appointed(ground.config());
        Routing routing =
                new Routing(
                        ground.config(),
                        channels.inbox(),
                        channels.delivery(),
                        channels.channels()::of,
                        channels.access()::rules,
                        ground.state().media(),
                        deciders);
        agents =
                AgentRoom.open(
                        ground,
                        installation,
                        channels,
                        routing.approvalDesk(),
                        turns.around(routing.turnDesk()));
        commands = CommandRoom.open(ground, agents, channels.delivery(), deciders, this::status);
        router =
                routing.router(
                        agents.sessions(),
                        agents.claims(),
                        agents.approvals(),
                        commands.line(),
                        commands.runner(),
                        deciders);
        more.forEach(channels.channels()::add);
        new ChannelWorks(
                        ground.config().get(),
                        ground.secrets(),
                        channels.inbox(),
                        commands.registry())
                .build(http, ground.database(), ground.state(), ground.checkpoints())
                .forEach(channels.channels()::add);
        upkeep =
                new Upkeep(
                        channels.inbox(),
                        channels.delivery(),
                        agents,
                        new MediaShelf(ground.state().media(), ground.timers()),
                        ground.config().section(config -> config.session().maintenance()),
                        ground.timers());
        stuckWatch =
                new StuckWatch(
                        agents.sessions(),
                        ground.timers(),
                        ground.config().section(ChelaConfig::diagnostics));
        outputWatch = new OutputWatch(agents.servers(), ground.timers());
        stages.done("build");
    }

    /**
     * Brings it to life; on return it hears everybody and answers.
     *
     * <p>Lanes before HTTP and channels, so that what waited goes before what comes; HTTP before
     * channels, so that it can be asked which of them does not listen; app-servers start with the
     * first turn, in parallel to everything else.
     */
    void start() {
        channels.delivery().start();
        agents.approvals().recover();
        commands.claiming().recover();
        int open = agents.sessions().recover();
        stages.done("lanes");
        http.listen();
        channels.inbox().start(router);
        channels.channels().start(channels.inbox());
        stages.done("channels");
        ready = true;
        upkeep.start(ground.environment().asMap());
        LOG.info("ready lanes_open={} {}", open, stages);
        ground.config()
                .get()
                .plugins()
                .codexOff()
                .ifPresentOrElse(
                        why -> LOG.warn("no turn will run: codex is switched off, as {}", why),
                        () -> LOG.info("posture {}", posture()));
    }

    /** Whether it hears every platform it is configured for. */
    public boolean isReady() {
        return ready && channels.channels().isListening();
    }

    private StatusCommand.Process status() {
        ChelaConfig now = ground.config().get();
        return new StatusCommand.Process(
                Release.VERSION,
                stages.age(),
                now.plugins()
                        .codexOff()
                        .map(why -> "none: Codex is switched off, as " + why)
                        .orElse("OpenAI Codex"),
                now.messages()
                        .visibleReplies()
                        .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                        .orElse("automatic, in direct chats only what the message tool sends"),
                now.plugins().codexRuns() ? posture() : "nothing runs",
                channels.channels().status().stream()
                        .map(
                                one ->
                                        one.id()
                                                + (one.health().listening()
                                                        ? " ok"
                                                        : " not listening"))
                        .collect(Collectors.joining(", ")),
                ground.warnings().size());
    }

    private String posture() {
        String agent = ground.config().get().agents().defaultAgent().id();
        Policy policy = agents.agents().settings(agent).policy();
        return "approvals `%s`, sandbox `%s`"
                .formatted(
                        policy.approval().value(),
                        policy.sandbox().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Whether its start came to its end and its stop has not begun. */
    boolean hasBegun() {
        return ready;
    }

    /** Where its HTTP server is reached, without the token. */
    URI address() {
        return http.address();
    }

    /** One line for the operator: where it listens and what each stage of the start cost. */
    public String readyLine() {
        return "chela is ready on %s (%s)".formatted(http.address(), stages);
    }

    /** The address that signs a browser in to the web chat; a secret. */
    public URI signInAddress() {
        return http.signInAddress();
    }

    /** Whether nothing said in {@code place} waits for its end, and nothing for {@code place}. */
    public boolean isSettled(Conversation place) {
        return channels.inbox().open().stream()
                        .noneMatch(row -> row.event().conversation().equals(place))
                && channels.delivery().unsettled(place) == 0;
    }

    /** What became of something said; empty while it is open, and if it was never said. */
    public Optional<Outcome> outcome(EventId said) {
        return channels.inbox().row(said).flatMap(InboxRow::outcome);
    }

    /** What somebody is asked from {@code place}, once it was shown; it waits for them. */
    public List<Approval> asked(Conversation place) {
        return agents.approvals().pending().stream()
                .filter(open -> open.request().source().token().equals(place.token()))
                .filter(this::isShown)
                .toList();
    }

    private boolean isShown(Approval open) {
        return channels.delivery()
                .outcome(open.intent())
                .filter(posted -> posted.state() != Posted.State.WAITING)
                .isPresent();
    }

    /** Stops what runs and waits in a session, as {@code /stop} does; says nothing. */
    public void stop(SessionKey session) {
        agents.sessions().stop(session);
    }

    /** The agent's app-server, started if need be: for a client beside the bot that measures. */
    public AppServer appServer(String agentId) {
        return agents.servers().attach(agentId);
    }

    ChannelRoom channels() {
        return channels;
    }

    AgentRoom agents() {
        return agents;
    }

    CommandRoom commands() {
        return commands;
    }

    TurnTally turns() {
        return turns;
    }

    Ground ground() {
        return ground;
    }

    Stages stages() {
        return stages;
    }

    /**
     * Turns first, the database last. No new turn begins: what comes in is stored and answered
     * after the next start, while approvals, answers and commands still reach the turns that run.
     */
    @Override
    public void close() {
        ready = false;
        upkeep.close();
        stuckWatch.close();
        outputWatch.close();
        boolean drained = drain();
        agents.codex().endWaits();
        agents.sides().close(INTERRUPTED_MAX);
        router.close(INTERRUPTED_MAX);
        channels.close();
        agents.sessions().leave();
        agents.close();
        http.close();
        ground.close();
        LOG.info("stopped drained={}", drained);
    }

    /**
     * Gives running turns the configured time, then interrupts them, unless they outlive the bot.
     */
    private boolean drain() {
        ChelaConfig now = ground.config().get();
        if (now.plugins().codex().appServer().outlivesBot()) {
            return agents.sessions().drain(Duration.ZERO);
        }
        Duration budget = now.gateway().drainTimeout();
        int working = agents.sessions().working();
        if (working > 0) {
            LOG.info("stopping: {} turn(s) may go on for {} s", working, budget.toSeconds());
        }
        if (agents.sessions().drain(budget)) {
            return true;
        }
        LOG.warn("turns still ran after {} s and are interrupted", budget.toSeconds());
        agents.sessions().interruptAll();
        return agents.sessions().drain(INTERRUPTED_MAX);
    }
}
