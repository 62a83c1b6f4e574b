package dev.chela.harness.testing;

import dev.chela.harness.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Timers that move only when told to; what rings runs on the caller's thread, in time order. A lock
 * and no monitor: hundreds may share them, and {@link dev.chela.harness.kit.Stillness} sees a
 * thread that gets a lock at once.
 */
public final class ManualTimers implements Timers {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition armed = lock.newCondition();
    private final List<Entry> entries = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long sequence;

    @Override
    public Instant instant() {
        return locked(() -> now);
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        Entry entry =
                locked(
                        () -> {
                            Entry fresh = new Entry(now.plus(delay), sequence++, task);
                            entries.add(fresh);
                            armed.signalAll();
                            return fresh;
                        });
        return () -> locked(() -> entries.remove(entry));
    }

    /** Moves time on and rings everything due, in order. */
    public void advance(Duration by) {
        Instant end = instant().plus(by);
        Optional<Entry> due = next(end);
        while (due.isPresent()) {
            due.get().task().run();
            due = next(end);
        }
        locked(() -> now = end);
    }

    /** When the next alarm rings; empty if none is armed. */
    public Optional<Instant> nextDue() {
        return locked(() -> entries.stream().map(Entry::at).min(Comparator.naturalOrder()));
    }

    /** How many alarms are armed. */
    public int armed() {
        return locked(entries::size);
    }

    /** Waits until at least {@code count} alarms are armed. */
    public void awaitArmed(int count) throws InterruptedException {
        lock.lock();
        try {
            while (entries.size() < count) {
                armed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Entry> next(Instant end) {
        return locked(
                () -> {
                    Optional<Entry> due =
                            entries.stream()
                                    .filter(entry -> !entry.at().isAfter(end))
                                    .min(
                                            Comparator.comparing(Entry::at)
                                                    .thenComparing(Entry::sequence));
                    due.ifPresent(this::ring);
                    return due;
                });
    }

    private void ring(Entry entry) {
        entries.remove(entry);
        now = entry.at().isAfter(now) ? entry.at() : now;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private record Entry(Instant at, long sequence, Runnable task) {}
}
