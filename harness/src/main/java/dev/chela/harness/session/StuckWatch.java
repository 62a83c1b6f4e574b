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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for sessions that have waited for longer than {@code diagnostics.stuckSessionWarnMs}
 * (sessions-and-routing §7). A turn that runs long, or of which nothing is heard any more, is only
 * told to the log: whoever runs it asks about it, and nobody ends it for being silent. Where
 * something waits and nothing runs though a turn could, the lane looks at its rows again. What
 * stays as it is is told again after twice the time.
 */
public final class StuckWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StuckWatch.class);

    private final Sessions sessions;
    private final Timers timers;
    private final Live<DiagnosticsConfig> config;
    private final Map<SessionKey, Duration> told = new HashMap<>();
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
        told.keySet().retainAll(late.stream().map(Unfinished::session).collect(Collectors.toSet()));
        for (Unfinished one : late) {
            Duration age = Duration.between(one.since(), now);
            Duration before = told.get(one.session());
            if (before == null || age.compareTo(before.multipliedBy(2)) >= 0) {
                told.put(one.session(), age);
                tell(one, kind(one, now, patience), age);
            }
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
