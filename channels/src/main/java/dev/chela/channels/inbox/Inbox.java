package dev.chela.channels.inbox;

import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.Conversation;
import dev.chela.channels.Cursor;
import dev.chela.channels.EventId;
import dev.chela.channels.Intake;
import dev.chela.channels.MessageEdit;
import dev.chela.channels.Reaction;
import dev.chela.channels.access.Doorkeeper;
import dev.chela.channels.access.Verdict;
import dev.chela.channels.inbox.InboxTable.Fate;
import dev.chela.config.state.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable inbox.
 *
 * <p>{@link #accept} judges and stores; {@link #start} hands every open row over, in ticket order
 * per conversation, then each new one after its commit. Safe for use by several threads; its calls
 * wait for the database and belong on virtual threads.
 */
public final class Inbox implements Intake, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final int PRUNED_AT_ONCE = 500;
    private static final int ROUNDS_MAX = 200;
    private static final int SYSTEM_EVENTS_MAX = 20;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final Database database;
    private final Doorkeeper door;
    private final InstantSource clock;
    private final Executor executor;
    private final AtomicReference<@Nullable HandOver> handOver = new AtomicReference<>();

    public Inbox(Database database, Doorkeeper door, InstantSource clock) {
        this(database, door, clock, ByConversation.virtualThreads("chela-inbox"));
    }

    /** With an executor of the caller's choice for the hand-overs. */
    public Inbox(Database database, Doorkeeper door, InstantSource clock, Executor executor) {
        this.database = database;
        this.door = door;
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * Hands every open row to {@code listener}, the oldest first, and from now on each new one.
     *
     * @throws IllegalStateException if it was started before
     */
    public void start(InboxListener listener) {
        HandOver fresh = new HandOver(database, listener, executor, clock);
        if (!handOver.compareAndSet(null, fresh)) {
            throw new IllegalStateException("the inbox was started twice");
        }
        database.readNow(InboxTable::conversationsWithOpenRows).forEach(fresh::signal);
    }

    @Override
    public void accept(List<? extends ChannelEvent> events, Optional<Cursor> cursor) {
        Instant now = clock.instant();
        List<Doorkeeper.Judged> judged =
                events.stream().<Doorkeeper.Judged>map(door::judge).toList();
        Set<String> opened =
                database.writeNow(
                        "inbox.accept",
                        db -> {
                            Set<String> touched = new LinkedHashSet<>();
                            judged.forEach(one -> store(db, one, now, touched));
                            cursor.ifPresent(read -> CursorTable.put(db, read, now));
                            return touched;
                        });
        HandOver workers = handOver.get();
        if (workers != null) {
            opened.forEach(workers::signal);
            judged.stream()
                    .filter(one -> one.verdict() instanceof Verdict.Refused)
                    .map(Doorkeeper.Judged::event)
                    .filter(ButtonPress.class::isInstance)
                    .map(ButtonPress.class::cast)
                    .forEach(press -> executor.execute(() -> workers.refused(press)));
        }
    }

    private void store(Handle db, Doorkeeper.Judged judged, Instant now, Set<String> opened) {
        ChannelEvent event = judged.event();
        Verdict verdict = judged.verdict();
        Standing standing =
                verdict instanceof Verdict.Admitted(boolean owner, boolean commandsAllowed)
                        ? new Standing(owner, commandsAllowed, judged.addressed())
                        : new Standing(false, false, judged.addressed());
        Optional<Long> seq = InboxTable.insert(db, event, standing, fate(event, verdict), now);
        if (seq.isEmpty()) {
            log.debug("event={} is stored already", event.id());
            return;
        }
        switch (verdict) {
            case Verdict.Admitted admitted -> {
                if (!isSystemEvent(event)) {
                    opened.add(event.conversation().token());
                }
            }
            case Verdict.PairingNeeded needed ->
                    door.pairingCode(db, event)
                            .ifPresent(
                                    code -> {
                                        InboxTable.openForPairing(db, seq.get(), code);
                                        opened.add(event.conversation().token());
                                    });
            case Verdict.Context context -> {}
            case Verdict.Refused(String reason) ->
                    log.info(
                            "refused channel={} account={} sender={} seq={} reason={}",
                            event.id().channel(),
                            event.id().account(),
                            event.sender().id(),
                            seq.get(),
                            reason);
        }
    }

    private static Fate fate(ChannelEvent event, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Admitted admitted ->
                    isSystemEvent(event) ? Fate.closed(Outcome.CONTEXT, null, true) : Fate.open();
            case Verdict.Context(boolean keepText) ->
                    keepText
                            ? Fate.closed(Outcome.CONTEXT, null, true)
                            : Fate.closed(Outcome.IGNORED, "not addressed to us", false);
            case Verdict.PairingNeeded needed ->
                    Fate.closed(Outcome.REFUSED, "not paired; a code was sent before", false);
            case Verdict.Refused(String reason) -> Fate.closed(Outcome.REFUSED, reason, false);
        };
    }

    /** Edits and reactions never begin a turn; the next one sees them. */
    private static boolean isSystemEvent(ChannelEvent event) {
        return event instanceof MessageEdit || event instanceof Reaction;
    }

    public Optional<InboxRow> row(long seq) {
        return rows(List.of(seq)).stream().findFirst();
    }

    /** The row of an event; empty if it was never stored, or is forgotten by now. */
    public Optional<InboxRow> row(EventId event) {
        return database.readNow(db -> InboxTable.ofEvent(db, event));
    }

    /** The rows with these tickets, in ticket order; unknown tickets are left out. */
    public List<InboxRow> rows(Collection<Long> tickets) {
        return database.readNow(db -> InboxTable.rows(db, tickets));
    }

    /**
     * {@link #rows} and what was said around them, read at one instant.
     *
     * @param historyLimit how much of a conversation's {@link #history}; pure, it runs within the
     *     read
     */
    public WithContext withContext(
            Collection<Long> tickets, ToIntFunction<Conversation> historyLimit) {
        return database.readNow(
                db -> {
                    List<InboxRow> rows = InboxTable.rows(db, tickets);
                    Map<Conversation, List<InboxRow>> around = new LinkedHashMap<>();
                    for (InboxRow row : rows) {
                        around.computeIfAbsent(
                                row.event().conversation(),
                                place -> around(db, place, historyLimit.applyAsInt(place)));
                    }
                    return new WithContext(rows, around);
                });
    }

    private static List<InboxRow> around(Handle db, Conversation place, int historyLimit) {
        List<InboxRow> around = new ArrayList<>(history(db, place, historyLimit));
        around.addAll(systemEvents(db, place));
        return around;
    }

    /**
     * Messages and what was said around them.
     *
     * @param around by conversation, in the order of the rows: its {@link #history}, then its
     *     {@link #systemEvents}
     */
    public record WithContext(List<InboxRow> rows, Map<Conversation, List<InboxRow>> around) {}

    /** Every open row, in ticket order. */
    public List<InboxRow> open() {
        return database.readNow(InboxTable::open);
    }

    /** Closes the rows that are still open; how many those were. */
    public int close(Collection<Long> tickets, Outcome outcome, Optional<String> detail) {
        return database.writeNow("inbox.close", db -> close(db, tickets, outcome, detail));
    }

    /** {@link #close(Collection, Outcome, Optional)} inside the caller's transaction. */
    public int close(
            Handle db, Collection<Long> tickets, Outcome outcome, Optional<String> detail) {
        return InboxTable.close(db, tickets, outcome, detail.orElse(null), clock.instant());
    }

    /** The newest messages that were not addressed to us and not shown yet, oldest first. */
    public List<InboxRow> history(Conversation where, int historyLimit) {
        return database.readNow(db -> history(db, where, historyLimit));
    }

    private static List<InboxRow> history(Handle db, Conversation where, int historyLimit) {
        return historyLimit <= 0
                ? List.of()
                : ContextTable.newest(db, where.token(), true, historyLimit);
    }

    /** The newest edits and reactions that were not shown yet, at most 20, oldest first. */
    public List<InboxRow> systemEvents(Conversation where) {
        return database.readNow(db -> systemEvents(db, where));
    }

    private static List<InboxRow> systemEvents(Handle db, Conversation where) {
        return ContextTable.newest(db, where.token(), false, SYSTEM_EVENTS_MAX);
    }

    /** A turn saw the context up to this ticket; what is older and was left out goes with it. */
    public void markShown(Conversation where, long upTo) {
        Instant now = clock.instant();
        database.writeNow(
                "inbox.shown",
                db -> {
                    ContextTable.shown(db, where.token(), upTo, now);
                    return upTo;
                });
    }

    /** Edits and reactions of before this ticket are shown to nobody any more. */
    public void skipEvents(Conversation where, long before) {
        Instant now = clock.instant();
        database.writeNow(
                "inbox.skip",
                db -> {
                    ContextTable.skipEvents(db, where.token(), before, now);
                    return before;
                });
    }

    /** How far a source has been read. */
    public Optional<String> cursor(String channel, String account, String source) {
        return database.readNow(db -> CursorTable.position(db, channel, account, source));
    }

    /** How many rows there are of each outcome, in lower case, and {@code open}. */
    public Map<String, Long> tally() {
        return database.readNow(InboxTable::tally);
    }

    /**
     * Forgets by age and size: words first, keys and outcomes later; in jobs of at most 500 rows,
     * at most 200 jobs a call. Returns how many rows lost something.
     */
    public int prune(Retention retention) {
        Instant now = clock.instant();
        Instant bodies =
                retention.bodiesBefore(
                        now,
                        database.readNow(db -> ContextTable.tooManyUpTo(db, retention.bytesMax())));
        Instant keys = now.minus(retention.keys());
        int pruned = 0;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            int touched =
                    database.writeNow(
                            "inbox.prune",
                            db ->
                                    ContextTable.pruneBodies(db, bodies, PRUNED_AT_ONCE)
                                            + ContextTable.pruneRows(db, keys, PRUNED_AT_ONCE));
            pruned += touched;
            if (touched == 0) {
                break;
            }
        }
        return pruned;
    }

    /** Hands nothing more over and waits up to 10 s for what is being taken. */
    @Override
    public void close() {
        HandOver workers = handOver.get();
        if (workers != null && !workers.close(CLOSE_WAIT)) {
            log.warn("inbox closed while rows were still being taken; they stay open");
        }
    }
}
