package dev.chela.channels.delivery;

import java.time.Duration;

/** Runs something later; what it runs comes back at once. */
public interface Alarm extends AutoCloseable {

    void after(Duration delay, Runnable task);

    /** Forgets everything that has not run yet; idempotent. */
    @Override
    void close();
}
