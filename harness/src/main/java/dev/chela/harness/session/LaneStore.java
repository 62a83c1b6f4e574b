package dev.chela.harness.session;

import dev.chela.config.state.Database;
import dev.chela.harness.InputEnd;
import dev.chela.harness.InputKey;
import dev.chela.harness.Renewal;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The steps of a lane, each one write job: what a lane did is on disk before it does the next
 * thing.
 */
final class LaneStore {

    private final Database database;
    private final InstantSource clock;
    private final Supplier<String> ids;

    LaneStore(Database database, InstantSource clock) {
        this(database, clock, () -> UUID.randomUUID().toString());
    }

    LaneStore(Database database, InstantSource clock, Supplier<String> ids) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
    }

    /** Everything of a session that is not finished. */
    record Snapshot(
            Optional<SessionState> session, List<QueuedInput> inputs, List<StoredTurn> turns) {}

    String newId() {
        return ids.get();
    }

    Snapshot load(SessionKey session) {
        return database.readNow(
                handle ->
                        new Snapshot(
                                SessionRows.find(handle, session),
                                InputRows.waiting(handle, session),
                                TurnRows.open(handle, session)));
    }

    Optional<Source> lastSource(SessionKey session) {
        return database.readNow(handle -> SessionRows.source(handle, session));
    }

    SessionState require(SessionKey session) {
        String newId = newId();
        return database.writeNow(
                "session.create",
                handle -> SessionRows.require(handle, session, newId, clock.instant()));
    }

    /**
     * Stores a message, and first begins the session anew if it was over when the message came. The
     * session as it is from now on; empty if the message's ticket was known.
     *
     * @param turn what is begun with the message at once
     */
    Optional<SessionState> accept(
            SessionState session,
            Overflow message,
            Optional<Renewal.Reason> over,
            Optional<StoredTurn> turn) {
        QueuedInput input = message.input();
        Instant now = clock.instant();
        return database.writeNow(
                "session.accept",
                handle -> {
                    if (!InputRows.insert(handle, session.key(), input)) {
                        return Optional.empty();
                    }
                    SessionState state =
                            over.map(reason -> renew(handle, session, reason, now)).orElse(session);
                    SessionRows.touch(handle, session.key(), input.source(), now);
                    message.givesWay().ifPresent(dropped -> giveWay(handle, dropped));
                    turn.ifPresent(begun -> begin(handle, begun));
                    return Optional.of(
                            input.source().kind() == Source.Kind.INTERNAL
                                    ? state
                                    : state.touched(now));
                });
    }

    private static void giveWay(Handle handle, QueuedInput dropped) {
        dropped.end()
                .ifPresentOrElse(
                        end -> InputRows.ending(handle, List.of(dropped.ticket()), end),
                        () -> InputRows.summarize(handle, dropped.ticket()));
    }

    /** A session in which nothing was said only gets a new beginning. */
    private SessionState renew(
            Handle handle, SessionState old, Renewal.Reason reason, Instant now) {
        String newId = newId();
        String why = reason.name().toLowerCase(Locale.ROOT);
        if (!ArchiveRows.add(handle, old.key(), why, now)) {
            SessionRows.renew(handle, old.key(), old.sessionId(), now);
            return old.begunAgain(old.sessionId(), now);
        }
        Optional<Renewal> told = Optional.of(new Renewal(reason, old.sessionId()));
        SessionRows.renew(handle, old.key(), newId, now);
        SessionRows.forget(handle, old.key(), true);
        SessionRows.renewal(handle, old.key(), told);
        return old.begunAgain(newId, now).forgetting().saying(told);
    }

    void begin(StoredTurn turn) {
        database.writeNow(
                "session.begin",
                handle -> {
                    begin(handle, turn);
                    return true;
                });
    }

    private static void begin(Handle handle, StoredTurn turn) {
        List<Long> tickets = turn.prompt().stream().map(StoredTurn.Prompted::ticket).toList();
        TurnRows.insert(handle, turn);
        if (turn.renewal().isPresent()) {
            SessionRows.renewal(handle, turn.session(), Optional.empty());
        }
        InputRows.take(handle, tickets, turn.key(), turn.input());
    }

    void started(TurnKey turn, StoredTurn.Native names) {
        database.writeNow(
                "session.started",
                handle -> {
                    TurnRows.started(handle, turn, names);
                    return true;
                });
    }

    void park(TurnKey turn, InputKey input, List<Long> tickets) {
        database.writeNow(
                "session.park",
                handle -> {
                    InputRows.park(handle, tickets, turn, input);
                    return true;
                });
    }

    void confirm(TurnKey turn, InputKey input, List<Long> tickets) {
        database.writeNow(
                "session.confirm",
                handle -> {
                    InputRows.take(handle, tickets, turn, input);
                    return true;
                });
    }

    void interrupting(TurnKey turn, TurnOutcome.Cause cause) {
        database.writeNow(
                "session.interrupt",
                handle -> {
                    TurnRows.interrupting(handle, turn, cause);
                    return true;
                });
    }

    /**
     * The outcome is certain; what the turn did not take waits again.
     *
     * @param tokens of the turn that were not written before
     */
    void done(StoredTurn turn, TurnOutcome outcome, Optional<TurnEvent.Counted> tokens) {
        database.writeNow(
                "session.finish",
                handle -> {
                    TurnRows.done(handle, turn.key(), outcome, clock.instant());
                    InputRows.unpark(handle, turn.key());
                    tokens.ifPresent(counted -> SessionRows.count(handle, turn, counted));
                    return true;
                });
    }

    void closed(TurnKey turn) {
        database.writeNow(
                "session.close",
                handle -> {
                    TurnRows.closed(handle, turn, clock.instant());
                    InputRows.endedWith(handle, turn);
                    return true;
                });
    }

    void ending(List<Long> tickets, InputEnd end) {
        database.writeNow(
                "session.end",
                handle -> {
                    InputRows.ending(handle, tickets, end);
                    return true;
                });
    }

    void ended(List<Long> tickets) {
        database.writeNow(
                "session.ended",
                handle -> {
                    InputRows.ended(handle, tickets);
                    return true;
                });
    }

    /** The newest ticket the session ever had; 0 without any. */
    long newestTicket(SessionKey session) {
        return database.readNow(handle -> InputRows.newest(handle, session));
    }

    void stop(SessionKey session, long upTo, Optional<TurnKey> running) {
        database.writeNow(
                "session.stop",
                handle -> {
                    SessionRows.cutOff(handle, session, upTo, InputEnd.Kind.STOPPED);
                    running.ifPresent(
                            turn ->
                                    TurnRows.interrupting(
                                            handle, turn, TurnOutcome.Cause.USER_STOP));
                    return true;
                });
    }

    /** The id a session has from now on, and that of the archive that the old one became. */
    record Fresh(String sessionId, Optional<String> archivedId) {}

    /** Begins the session anew. */
    Fresh reset(SessionState session, ResetRequest request, Optional<TurnKey> running) {
        String newId = request.keepTranscript() ? session.sessionId() : newId();
        return database.writeNow(
                "session.reset",
                handle -> {
                    boolean archived = false;
                    if (!request.keepTranscript()) {
                        archived =
                                ArchiveRows.add(
                                        handle, session.key(), request.reason(), clock.instant());
                        SessionRows.renew(handle, session.key(), newId, clock.instant());
                        SessionRows.cutOff(
                                handle, session.key(), request.upTo(), InputEnd.Kind.SESSION_RESET);
                    }
                    SessionRows.forget(handle, session.key(), true);
                    running.ifPresent(
                            turn ->
                                    TurnRows.interrupting(
                                            handle, turn, TurnOutcome.Cause.NEW_SESSION));
                    return new Fresh(
                            newId, archived ? Optional.of(session.sessionId()) : Optional.empty());
                });
    }

    void forgotten(SessionKey session) {
        database.writeNow(
                "session.forgotten",
                handle -> {
                    SessionRows.forget(handle, session, false);
                    return true;
                });
    }

    void model(SessionKey session, Optional<String> model) {
        database.writeNow(
                "session.prefer",
                handle -> {
                    SessionRows.model(handle, session, model);
                    return true;
                });
    }

    void queue(SessionKey session, QueueOverride queue) {
        database.writeNow(
                "session.prefer",
                handle -> {
                    SessionRows.queue(handle, session, queue);
                    return true;
                });
    }
}
