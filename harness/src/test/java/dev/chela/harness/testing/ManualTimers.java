package dev.chela.harness.testing;

import dev.chela.harness.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Timers that move only when told to; what rings runs on the caller's thread, in time order. */
public final class ManualTimers implements Timers {

    private final List<Entry> entries = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long sequence;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable task) {
        Entry entry = new Entry(now.plus(delay), sequence++, task);
        entries.add(entry);
        notifyAll();
        return () -> {
            synchronized (this) {
                entries.remove(entry);
            }
        };
    }

    /** Moves time on and rings everything due, in order. */
    public void advance(Duration by) {
        Instant end = instant().plus(by);
        Optional<Entry> due = next(end);
        while (due.isPresent()) {
            due.get().task().run();
            due = next(end);
        }
        synchronized (this) {
            now = end;
        }
    }

    /** When the next alarm rings; empty if none is armed. */
    public synchronized Optional<Instant> nextDue() {
        return entries.stream().map(Entry::at).min(Comparator.naturalOrder());
    }

    /** How many alarms are armed. */
    public synchronized int armed() {
        return entries.size();
    }

    /** Waits until at least {@code count} alarms are armed. */
    public synchronized void awaitArmed(int count) throws InterruptedException {
        while (entries.size() < count) {
            wait();
        }
    }

    private synchronized Optional<Entry> next(Instant end) {
        Optional<Entry> due =
                entries.stream()
                        .filter(entry -> !entry.at().isAfter(end))
                        .min(Comparator.comparing(Entry::at).thenComparing(Entry::sequence));
        due.ifPresent(
                entry -> {
                    entries.remove(entry);
                    now = entry.at().isAfter(now) ? entry.at() : now;
                });
        return due;
    }

    private record Entry(Instant at, long sequence, Runnable task) {}
}
