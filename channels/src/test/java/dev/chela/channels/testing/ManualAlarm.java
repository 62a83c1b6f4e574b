package dev.chela.channels.testing;

import dev.chela.channels.delivery.Alarm;
import dev.chela.config.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An alarm that rings when a test says so, and moves the clock to the time it was set for. */
public final class ManualAlarm implements Alarm {

    private record Set(Instant at, long order, Runnable task) {}

    private final ManualClock clock;
    private final List<Set> pending = new ArrayList<>();
    private long order;

    public ManualAlarm(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void after(Duration delay, Runnable task) {
        pending.add(new Set(clock.instant().plus(delay), order++, task));
    }

    /** Rings whatever is due after {@code by} more time, in order. */
    public void advance(Duration by) {
        Instant until = clock.instant().plus(by);
        Optional<Set> next = takeUntil(until);
        while (next.isPresent()) {
            ring(next.get());
            next = takeUntil(until);
        }
        clock.set(until);
    }

    /** Rings the next one; whether there was one. */
    public boolean ringNext() {
        Optional<Set> next = takeUntil(Instant.MAX);
        next.ifPresent(this::ring);
        return next.isPresent();
    }

    public synchronized int pending() {
        return pending.size();
    }

    @Override
    public synchronized void close() {
        pending.clear();
    }

    private void ring(Set due) {
        if (due.at().isAfter(clock.instant())) {
            clock.set(due.at());
        }
        due.task().run();
    }

    private synchronized Optional<Set> takeUntil(Instant until) {
        Optional<Set> first =
                pending.stream()
                        .filter(set -> !set.at().isAfter(until))
                        .min(Comparator.comparing(Set::at).thenComparing(Set::order));
        first.ifPresent(pending::remove);
        return first;
    }
}
