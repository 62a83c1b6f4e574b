package dev.chela.harness.session;

import dev.chela.harness.TurnEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a turn that are not written yet. A short turn's are written with its outcome, a
 * long one's every few seconds besides, so that people can look at them. Safe for use by several
 * threads.
 */
final class PendingCount {

    private static final Duration HELD_MAX = Duration.ofSeconds(2);

    private TurnEvent.@Nullable Counted pending;
    private Instant written;

    /** Of a turn that begins at {@code begun}. */
    PendingCount(Instant begun) {
        this.written = begun;
    }

    /** Adds a count; what is to be written now, if anything is. */
    synchronized Optional<TurnEvent.Counted> add(TurnEvent.Counted more, Instant now) {
        TurnEvent.Counted before = pending;
        pending = before == null ? more : before.plus(more);
        if (written.plus(HELD_MAX).isAfter(now)) {
            return Optional.empty();
        }
        written = now;
        return take();
    }

    /** What is left to write. */
    synchronized Optional<TurnEvent.Counted> take() {
        Optional<TurnEvent.Counted> left = Optional.ofNullable(pending);
        pending = null;
        return left;
    }
}
