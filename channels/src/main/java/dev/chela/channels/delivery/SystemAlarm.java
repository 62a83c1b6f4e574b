package dev.chela.channels.delivery;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An alarm on one platform thread of its own, which begins with the first task. */
final class SystemAlarm implements Alarm {

    private final ScheduledThreadPoolExecutor timer;

    SystemAlarm() {
        timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("chela-delivery-alarm").factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        if (!timer.isShutdown()) {
            timer.schedule(task, Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
