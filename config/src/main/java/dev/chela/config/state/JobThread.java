package dev.chela.config.state;

import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A platform thread that owns one connection and closes it when its loop ends. */
record JobThread(Thread thread) {

    private static final Logger log = LoggerFactory.getLogger(JobThread.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(30);

    /** Takes and runs jobs until the queue ends. */
    @FunctionalInterface
    interface Loop {
        void run() throws InterruptedException;
    }

    static JobThread start(String name, Handle handle, Loop loop) {
        return new JobThread(
                Thread.ofPlatform().name(name).daemon(true).start(() -> runLoop(handle, loop)));
    }

    private static void runLoop(Handle handle, Loop loop) {
        try (handle) {
            loop.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    /** Waits until the loop ended, at most 30 s. */
    void join() {
        try {
            if (!thread.join(CLOSE_MAX)) {
                log.error("db.close thread={} still busy after {}", thread.getName(), CLOSE_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
