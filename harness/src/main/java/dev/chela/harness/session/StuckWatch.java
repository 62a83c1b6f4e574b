package dev.chela.harness.session;

import dev.chela.config.DiagnosticsConfig;
import dev.chela.config.Live;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Timers;
import dev.chela.harness.session.SessionViews.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for sessions that have waited for longer than {@code diagnostics.stuckSessionWarnMs}
 * (sessions-and-routing §7). What stays as it is is told to the log again after twice the time.
 *
 * <p>A turn that runs long is left alone. Of one that is stalled, since nothing was heard of it for
 * longer than {@code diagnostics.stuckSessionAbortMs}, Codex is asked, and what it says is acted on
 * as with the turn's own watches (harness §5): it is not ended for being silent. Without that key
 * nothing is done, for those watches cover each silence with a limit that fits it. Where something
 * waits and nothing runs though a turn could, the lane reads its rows again; where that did not
 * help either, for that time or five minutes, another lane takes its place.
 */
public final class StuckWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StuckWatch.class);

    /** Without {@code stuckSessionAbortMs}: so many times what is warned of, but never less. */
    private static final int WARNINGS = 5;

    private static final Duration ABORT_MIN = Duration.ofMinutes(5);

    private final Sessions sessions;
    private final Timers timers;
    private final Live<DiagnosticsConfig> config;
    private final Map<SessionKey, Duration> told = new HashMap<>();
    private final Map<SessionKey, Duration> actedOn = new HashMap<>();
    private volatile Timers.Alarm next;
    private volatile boolean closed;

    /** What a session that is late is. */
    enum Kind {
        /** Its turn goes on. */
        LONG_RUNNING,
        /** It has a turn of which nothing is heard. */
        STALLED,
        /** Something waits, and nothing is in its way. */
        STUCK,
        /** Something waits for a place among the turns that run. */
        WAITING
    }

    /** Begins to look. */
    public StuckWatch(Sessions sessions, Timers timers, Live<DiagnosticsConfig> config) {
        this.sessions = sessions;
        this.timers = timers;
        this.config = config;
        this.next = arm();
    }

    private Timers.Alarm arm() {
        return timers.after(config.get().stuckSessionWarn(), this::rang);
    }

    private void rang() {
        try {
            if (config.get().enabled()) {
                look(config.get().stuckSessionWarn());
            }
        } catch (DatabaseException | SessionException e) {
            log.warn("session.watch could not look: {}", e.getMessage());
        } finally {
            if (!closed) {
                next = arm();
            }
        }
    }

    private synchronized void look(Duration patience) {
        Instant now = timers.instant();
        List<Unfinished> late =
                sessions.unfinished().stream()
                        .filter(one -> !one.since().plus(patience).isAfter(now))
                        .toList();
        Set<SessionKey> names = late.stream().map(Unfinished::session).collect(Collectors.toSet());
        told.keySet().retainAll(names);
        actedOn.keySet().retainAll(names);
        for (Unfinished one : late) {
            try {
                look(one, now, patience);
            } catch (SessionException e) {
                log.warn("session.watch session={}: {}", one.session(), e.getMessage());
            }
        }
    }

    private void look(Unfinished one, Instant now, Duration patience) {
        Kind kind = kind(one, now, patience);
        Duration age = Duration.between(one.since(), now);
        if (isDue(told, one.session(), age)) {
            tell(one, kind, age);
        }
        Duration idle = kind == Kind.STALLED ? Duration.between(lastSign(one), now) : age;
        if (limit(kind).filter(limit -> idle.compareTo(limit) >= 0).isEmpty()) {
            actedOn.remove(one.session());
        } else if (isDue(actedOn, one.session(), idle)) {
            act(one.session(), kind, idle);
        }
    }

    private static boolean isDue(
            Map<SessionKey, Duration> before, SessionKey session, Duration age) {
        Duration last = before.get(session);
        boolean due = last == null || age.compareTo(last.multipliedBy(2)) >= 0;
        if (due) {
            before.put(session, age);
        }
        return due;
    }

    private Instant lastSign(Unfinished one) {
        return sessions.lastHeard(one.session()).orElse(one.since());
    }

    /** How long it may be so before something is done; empty where nothing is. */
    private Optional<Duration> limit(Kind kind) {
        DiagnosticsConfig now = config.get();
        return switch (kind) {
            case STALLED -> now.stuckSessionAbort();
            case STUCK -> now.stuckSessionAbort().or(() -> Optional.of(extended(now)));
            case LONG_RUNNING, WAITING -> Optional.empty();
        };
    }

    private static Duration extended(DiagnosticsConfig config) {
        Duration warnings = config.stuckSessionWarn().multipliedBy(WARNINGS);
        return warnings.compareTo(ABORT_MIN) > 0 ? warnings : ABORT_MIN;
    }

    private void act(SessionKey session, Kind kind, Duration idle) {
        if (kind == Kind.STALLED) {
            sessions.askAbout(
                    session,
                    "session.stalled silent=%ss: stuckSessionAbortMs".formatted(idle.toSeconds()));
        } else {
            log.error(
                    "session.stuck session={} for_s={}; another lane takes its place",
                    session,
                    idle.toSeconds());
            sessions.rebuild(session);
        }
    }

    Kind kind(Unfinished one, Instant now, Duration patience) {
        if (!one.running()) {
            return sessions.mayBegin() ? Kind.STUCK : Kind.WAITING;
        }
        boolean heard =
                sessions.lastHeard(one.session())
                        .filter(at -> at.plus(patience).isAfter(now))
                        .isPresent();
        return heard ? Kind.LONG_RUNNING : Kind.STALLED;
    }

    private void tell(Unfinished one, Kind kind, Duration age) {
        switch (kind) {
            case LONG_RUNNING ->
                    log.info(
                            "session.long_running session={} for_s={}",
                            one.session(),
                            age.toSeconds());
            case STALLED ->
                    log.warn(
                            "session.stalled session={} for_s={}; nothing was heard of its turn",
                            one.session(),
                            age.toSeconds());
            case STUCK -> {
                log.warn(
                        "session.stuck session={} for_s={}; its lane looks again",
                        one.session(),
                        age.toSeconds());
                sessions.lookAgain(one.session());
            }
            case WAITING -> {}
        }
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
    }
}
