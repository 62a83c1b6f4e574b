package dev.chela.channels.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** Signals conversations later; at most one alarm is set for each, the earliest asked for. */
final class Wakeups {

    private final Machinery machinery;
    private final Consumer<String> signal;
    private final ConcurrentMap<String, Instant> set = new ConcurrentHashMap<>();

    Wakeups(Machinery machinery, Consumer<String> signal) {
        this.machinery = machinery;
        this.signal = signal;
    }

    void at(String conversation, Instant when) {
        Instant before = set.get(conversation);
        if (before != null && !when.isBefore(before)) {
            return;
        }
        // Another thread may have set one as well; one alarm too many does no harm.
        set.put(conversation, when);
        Duration delay = Duration.between(machinery.clock().instant(), when);
        machinery
                .alarm()
                .after(delay.isNegative() ? Duration.ZERO : delay, () -> ring(conversation, when));
    }

    private void ring(String conversation, Instant when) {
        set.remove(conversation, when);
        signal.accept(conversation);
    }
}
