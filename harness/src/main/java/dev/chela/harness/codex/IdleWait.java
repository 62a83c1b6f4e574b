package dev.chela.harness.codex;

import dev.chela.harness.Timers;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a turn that is not ours to leave a thread: a {@code turn/start} on a busy thread would
 * steer that turn instead.
 */
final class IdleWait {

    private static final Logger LOG = LoggerFactory.getLogger(IdleWait.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TurnInbox inbox;
    private final Timers timers;
    private final BooleanSupplier stopped;

    IdleWait(TurnInbox inbox, Timers timers, BooleanSupplier stopped) {
        this.inbox = inbox;
        this.timers = timers;
        this.stopped = stopped;
    }

    /** Whether it became idle within 30 s; what was heard meanwhile is of no use to our turn. */
    boolean await(OpenThread thread) {
        LOG.info("waiting for another turn: thread={}", thread.id());
        Instant end = timers.instant().plus(PATIENCE);
        try {
            while (!stopped.getAsBoolean() && timers.instant().isBefore(end)) {
                TurnInput heard = inbox.next(Optional.of(end));
                if (heard instanceof TurnInput.Cut) {
                    return false;
                }
                if (heard instanceof TurnInput.Notified(ServerNotification notification)
                        && freed(notification)) {
                    return true;
                }
            }
            return !stopped.getAsBoolean() && isIdle(thread);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            inbox.disarm();
        }
    }

    private static boolean freed(ServerNotification notification) {
        return notification instanceof ServerNotification.TurnCompleted
                || notification instanceof ServerNotification.ThreadStatusChanged changed
                        && !(changed.status() instanceof ThreadStatus.Active);
    }

    private static boolean isIdle(OpenThread thread) {
        try {
            ThreadStatus status =
                    thread.server().request(new ThreadRead(thread.id(), false)).thread().status();
            return !(status instanceof ThreadStatus.Active);
        } catch (AppServerException e) {
            LOG.warn("could not ask whether idle: thread={} cause={}", thread.id(), e.getMessage());
            return false;
        }
    }
}
