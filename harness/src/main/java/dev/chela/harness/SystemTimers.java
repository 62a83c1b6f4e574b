package dev.chela.harness;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers on the system clock: one platform thread that only hands tasks over. */
public final class SystemTimers implements Timers, AutoCloseable {

    private final ScheduledThreadPoolExecutor scheduler;

    public SystemTimers() {
        scheduler =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("chela-timers").factory());
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        Future<?> pending =
                scheduler.schedule(
                        () -> Thread.ofVirtual().name("chela-alarm").start(task),
                        Math.max(0, delay.toNanos()),
                        TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
