package dev.chela.harness.session;

import dev.chela.harness.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a lane looks again by itself: at the end of a quiet window, or after a failure's pause. */
final class LaneAlarm {

    private static final Duration RETRY_MIN = Duration.ofMillis(250);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);
    private static final int DOUBLINGS_MAX = 7;

    private final Timers timers;
    private final Runnable wake;
    private int failures;
    private Instant retryAt = Instant.MIN;
    private Optional<Instant> wanted = Optional.empty();
    private Optional<Instant> armedFor = Optional.empty();
    private Timers.@Nullable Alarm alarm;

    LaneAlarm(Timers timers, Runnable wake) {
        this.timers = timers;
        this.wake = wake;
    }

    /** Something failed: what may fail again waits, twice as long each time. */
    void failed() {
        Duration pause = RETRY_MIN.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        failures++;
        retryAt = timers.instant().plus(pause.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : pause);
        at(retryAt);
    }

    /** Notes whether something succeeded, and says it back. */
    boolean noted(boolean succeeded) {
        if (succeeded) {
            failures = 0;
            retryAt = Instant.MIN;
        } else {
            failed();
        }
        return succeeded;
    }

    /** Whether it is too early after a failure; then it will ring when it no longer is. */
    boolean isEarly() {
        boolean early = retryAt.isAfter(timers.instant());
        if (early) {
            at(retryAt);
        }
        return early;
    }

    /** Wants to be woken at {@code instant} or before. */
    void at(Instant instant) {
        wanted = wanted.filter(other -> other.isBefore(instant)).or(() -> Optional.of(instant));
    }

    /** Arms what was wanted since the last call. */
    void arm() {
        Optional<Instant> next = wanted;
        wanted = Optional.empty();
        if (next.isEmpty() || armedFor.filter(set -> !set.isAfter(next.get())).isPresent()) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        armedFor = next;
        Duration delay = Duration.between(timers.instant(), next.get());
        alarm = timers.after(delay.isNegative() ? Duration.ZERO : delay, wake);
    }

    /** It rang. */
    void rang() {
        alarm = null;
        armedFor = Optional.empty();
    }
}
