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
 * (sessions-and-routing §7). A turn that runs long is only told to the log: whoever runs it asks
 * about it. Where something waits and nothing runs though a turn could, the lane looks at its rows
 * again. What stays as it is is told again after twice the time.
 */
public final class StuckWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StuckWatch.class);

    private final Sessions sessions;
    private final Timers timers;
    private final Live<DiagnosticsConfig> config;
    private final Map<SessionKey, Duration> told = new HashMap<>();
    private volatile Timers.Alarm next;
    private volatile boolean closed;

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
                tell(one, age);
            }
        }
    }

    private void tell(Unfinished one, Duration age) {
        if (one.running()) {
            log.info("session.long_running session={} for_s={}", one.session(), age.toSeconds());
        } else if (sessions.mayBegin()) {
            log.warn(
                    "session.stuck session={} for_s={}; its lane looks again",
                    one.session(),
                    age.toSeconds());
            sessions.lookAgain(one.session());
        }
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
    }
}
