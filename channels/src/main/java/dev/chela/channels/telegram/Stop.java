package dev.chela.channels.telegram;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The channel's end, and the pauses that it cuts short. */
final class Stop {

    private final CountDownLatch stopped = new CountDownLatch(1);

    void now() {
        stopped.countDown();
    }

    boolean reached() {
        return stopped.getCount() == 0;
    }

    /** Waits; true if the channel was stopped meanwhile. */
    boolean pause(Duration pause) {
        try {
            return stopped.await(Math.max(0, pause.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
