package dev.chela.harness.session;

import dev.chela.config.Live;
import dev.chela.config.QueueConfig;
import dev.chela.config.state.Database;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.AgentHarness;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Timers;
import dev.chela.harness.TurnDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sessions: what the bot gives messages to and what commands look at and change.
 *
 * <p>A method that changes something returns when that is on disk, at most 30 s later, and throws a
 * {@link SessionException} or {@link DatabaseException} if it is not; repeating it is harmless.
 * Nothing here waits for a turn.
 */
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration CALL_MAX = Duration.ofSeconds(30);

    private final Database database;
    private final TurnSlots slots;
    private final LaneWorld world;
    private final SessionViews views;
    private final Archives archives;
    private final ConcurrentMap<SessionKey, SessionLane> lanes = new ConcurrentHashMap<>();
    private volatile boolean left;

    /**
     * Sessions that run their turns in {@code harness} and report to {@code desk}.
     *
     * @param turnsMax turns that run at once, over all sessions
     */
    public Sessions(
            Database database,
            AgentHarness harness,
            TurnDesk desk,
            Timers timers,
            Live<QueueConfig> queue,
            Live<ResetPolicy> resets,
            Live<Integer> turnsMax) {
        this(
                database,
                new Parts(
                        new LaneStore(database, timers),
                        harness,
                        desk,
                        timers,
                        TurnRuns.on(Sessions::onVirtualThread, harness),
                        Sessions::onVirtualThread),
                queue,
                resets,
                turnsMax);
    }

    Sessions(
            Database database,
            Parts parts,
            Live<QueueConfig> queue,
            Live<ResetPolicy> resets,
            Live<Integer> turnsMax) {
        this.database = database;
        this.archives = new Archives(database, parts.timers());
        this.slots = new TurnSlots(turnsMax);
        this.views = new SessionViews(database, queue);
        this.world =
                new LaneWorld(
                        parts.store(),
                        new Transcripts(database, parts.timers()),
                        new Counters(database),
                        parts.harness(),
                        parts.desk(),
                        TurnRuns.until(() -> left, parts.runs()),
                        slots,
                        new LastHeard(parts.timers()),
                        parts.timers(),
                        queue,
                        resets,
                        parts.executor(),
                        this::retired);
    }

    /** What tests replace. */
    record Parts(
            LaneStore store,
            AgentHarness harness,
            TurnDesk desk,
            Timers timers,
            TurnRuns runs,
            Executor executor) {}

    /**
     * Takes a message; returns once it is stored. A ticket that is known already changes nothing.
     */
    public void submit(Submission submission) {
        await(submitting(submission));
    }

    /**
     * Takes a message that is to reach the running turn now ({@code /steer}), past others that
     * wait; without one that takes it, it becomes a turn in its place. Returns once it is stored;
     * the future may take as long as the turn does.
     */
    public CompletableFuture<SteerResult> steerNow(Submission submission) {
        return await(lane(submission.session(), lane -> lane.steerNow(submission)));
    }

    /**
     * Interrupts the running turn and ends what waits with a ticket up to {@code upTo}, also what
     * the router has not brought yet; so give the ticket of the command.
     */
    public Stopped stop(SessionKey session, long upTo) {
        return await(lane(session, lane -> lane.stop(Optional.of(upTo))));
    }

    /** Interrupts the running turn and ends everything that waits now. */
    public Stopped stop(SessionKey session) {
        return await(lane(session, lane -> lane.stop(Optional.empty())));
    }

    /**
     * Begins the session anew ({@code /new}, {@code /reset}): a new id for the same key, the old
     * transcript archived, the running turn interrupted, the native binding dropped before the next
     * turn; explicit preferences stay.
     */
    public ResetResult reset(SessionKey session, ResetRequest request) {
        return await(lane(session, lane -> lane.reset(request)));
    }

    /**
     * Takes an archived session up again: its transcript goes on, the native thread it had is bound
     * again, and what is present now is archived.
     *
     * @param archive at least the first four characters of its id
     */
    public RestoreResult restore(String archive) {
        return archives.find(archive)
                .map(
                        found ->
                                await(
                                        lane(
                                                found.session(),
                                                lane ->
                                                        lane.restore(
                                                                () -> archives.restore(archive)))))
                .orElseGet(() -> archives.restore(archive));
    }

    /** Keeps the stored sessions within their bounds. */
    public SessionUpkeep upkeep() {
        return new SessionUpkeep(database, world.timers(), this::drop);
    }

    private boolean drop(UpkeepRows.Aged session) {
        return await(lane(session.key(), lane -> lane.drop(() -> dropped(session))));
    }

    private boolean dropped(UpkeepRows.Aged session) {
        Instant now = world.timers().instant();
        return database.writeNow("session.drop", handle -> UpkeepRows.drop(handle, session, now));
    }

    /** The sessions that are over. */
    public Archives archives() {
        return archives;
    }

    List<SessionViews.Unfinished> unfinished() {
        return views.unfinished();
    }

    /** When a session's running turn was last heard of; empty if none runs in this process. */
    Optional<Instant> lastHeard(SessionKey session) {
        return world.heard().of(session);
    }

    /** Whether a turn that waits could begin now. */
    boolean mayBegin() {
        return slots.isFree();
    }

    /** The session's lane reads its rows again and does what is due. */
    void lookAgain(SessionKey session) {
        await(lane(session, SessionLane::lookAgain));
    }

    /** Has Codex asked about the session's running turn. */
    void askAbout(SessionKey session, String why) {
        await(lane(session, lane -> lane.askAbout(why)));
    }

    /** Gives the session a lane made of its rows alone in place of one that does not go on. */
    void rebuild(SessionKey session) {
        SessionLane old = lanes.get(session);
        CompletableFuture<Boolean> left = old == null ? null : old.giveUp();
        if (left != null && await(left)) {
            lanes.remove(session, old);
        }
        lookAgain(session);
    }

    /** Stores the model override; empty goes back to the configured model. */
    public void model(SessionKey session, Optional<String> model) {
        await(
                lane(
                        session,
                        lane ->
                                lane.change(
                                        state -> {
                                            world.store().model(session, model);
                                            return state.withModel(model);
                                        })));
    }

    /** Stores what {@code /queue} says; {@link QueueOverride#none} removes it. */
    public void queue(SessionKey session, QueueOverride override) {
        await(
                lane(
                        session,
                        lane ->
                                lane.change(
                                        state -> {
                                            world.store().queue(session, override);
                                            return state.withQueue(override);
                                        })));
    }

    /** Stores another explicit preference, {@code thinking}; empty removes it. */
    public void preference(SessionKey session, String name, Optional<String> value) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,63}")) {
            throw new IllegalArgumentException("preference name is " + name);
        }
        world.store().require(session);
        database.writeNow(
                "session.prefer",
                handle -> {
                    SessionRows.preference(handle, session, name, value);
                    return true;
                });
    }

    /** Whether a lane has this message, or had it: whoever brings it again need not look at it. */
    public boolean knows(long ticket) {
        return database.readNow(handle -> InputRows.knows(handle, ticket));
    }

    /** What is known of a session; empty if it never was. */
    public Optional<SessionView> view(SessionKey session) {
        return views.view(session);
    }

    /** Every session, the last used first. */
    public List<SessionView> list() {
        return views.list();
    }

    /** What was said, by session. */
    public Transcripts transcripts() {
        return world.transcripts();
    }

    /**
     * Rebuilds the lanes that have something open: turns that had begun are asked about, outcomes
     * that were not handed over are, what waited goes on. Call it once, before any message comes
     * in; returns how many lanes there are.
     */
    public int recover() {
        List<CompletableFuture<Boolean>> lanesUp = recovering();
        int up = 0;
        for (CompletableFuture<Boolean> lane : lanesUp) {
            try {
                await(lane);
                up++;
            } catch (SessionException | DatabaseException broken) {
                LOG.error("a lane was not taken up; the next start tries again", broken);
            }
        }
        return up;
    }

    /**
     * Begins no more turns and waits for the running ones. False if {@code budget} ran out before
     * all were handed over: the rest can be interrupted, or left for the next start to ask about.
     */
    public boolean drain(Duration budget) {
        slots.close();
        try {
            return slots.awaitRest(budget);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Interrupts every running turn because the bot stops. */
    public void interruptAll() {
        lanes.values().forEach(SessionLane::interruptForShutdown);
    }

    /**
     * Leaves the turns that still run to the next start, which asks Codex about them: what their
     * connection's end would look like from here is not what became of them.
     */
    public void leave() {
        left = true;
    }

    /** How many turns run or wait to be handed over. */
    public int working() {
        return slots.working();
    }

    CompletableFuture<Boolean> submitting(Submission submission) {
        return lane(submission.session(), lane -> lane.submit(submission));
    }

    List<CompletableFuture<Boolean>> recovering() {
        return views.open().stream().map(session -> lane(session, SessionLane::wake)).toList();
    }

    <T> CompletableFuture<T> lane(
            SessionKey session, Function<SessionLane, @Nullable CompletableFuture<T>> call) {
        while (true) {
            SessionLane lane = lanes.computeIfAbsent(session, key -> new SessionLane(key, world));
            CompletableFuture<T> answer = call.apply(lane);
            if (answer != null) {
                return answer;
            }
            lanes.remove(session, lane);
        }
    }

    private void retired(SessionLane lane) {
        lanes.remove(lane.key(), lane);
    }

    private static void onVirtualThread(Runnable task) {
        Thread.ofVirtual().name("chela-session").start(task);
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.copy().orTimeout(CALL_MAX.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DatabaseException cause) {
                throw cause;
            }
            if (e.getCause() instanceof SessionException cause) {
                throw cause;
            }
            throw new SessionException("the session did not answer within 30s", e.getCause());
        }
    }
}
