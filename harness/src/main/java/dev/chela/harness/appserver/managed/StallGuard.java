package dev.chela.harness.appserver.managed;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a stream that stopped giving: a read of it then fails instead of waiting for ever. */
final class StallGuard implements AutoCloseable {

    private final Closeable stream;
    private final Duration idleMax;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long lastNanos = System.nanoTime();
    private volatile boolean stalled;

    StallGuard(Closeable stream, Duration idleMax) {
        this.stream = stream;
        this.idleMax = idleMax;
        Thread.ofVirtual().name("codex-download-guard").start(this::watch);
    }

    void progressed() {
        lastNanos = System.nanoTime();
    }

    /** The failure of a read, told as what it was if this guard brought it about. */
    IOException explained(IOException failure) {
        return stalled
                ? new IOException("nothing came for %d s".formatted(idleMax.toSeconds()), failure)
                : failure;
    }

    @Override
    public void close() {
        done.countDown();
    }

    private void watch() {
        try {
            while (!done.await(idleMax.toMillis() / 4 + 1, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - lastNanos > idleMax.toNanos()) {
                    stalled = true;
                    stream.close();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The reader meets the same end.
        }
    }
}
