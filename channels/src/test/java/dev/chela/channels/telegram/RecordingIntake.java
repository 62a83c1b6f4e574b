package dev.chela.channels.telegram;

import dev.chela.channels.ChannelEvent;
import dev.chela.channels.Cursor;
import dev.chela.channels.Intake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An intake that remembers what it stored, skips repeats, and fails when told to. */
final class RecordingIntake implements Intake {

    private final List<ChannelEvent> events = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private Optional<Cursor> cursor = Optional.empty();
    private int failures;

    @Override
    public synchronized void accept(List<? extends ChannelEvent> batch, Optional<Cursor> position) {
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("the disk is full");
        }
        batches.add(batch.size());
        for (ChannelEvent event : batch) {
            if (events.stream().noneMatch(known -> known.id().equals(event.id()))) {
                events.add(event);
            }
        }
        cursor = position;
        notifyAll();
    }

    synchronized void failNext(int times) {
        failures = times;
    }

    synchronized List<ChannelEvent> events() {
        return List.copyOf(events);
    }

    synchronized Optional<Cursor> cursor() {
        return cursor;
    }

    /** Waits for the first {@code count} events, at most 20 s. */
    synchronized List<ChannelEvent> await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (events.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(
                        "waited 20 s for %d events, got %s".formatted(count, events));
            }
            wait(left);
        }
        return List.copyOf(events);
    }
}
