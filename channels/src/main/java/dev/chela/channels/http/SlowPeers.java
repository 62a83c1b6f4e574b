package dev.chela.channels.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends answers that a peer does not read: the JDK's server has no deadline on a write, and one on
 * the whole answer would end event streams.
 */
final class SlowPeers implements AutoCloseable {

    private final long writeNanosMax;
    private final Set<Guarded> writing = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("chela-http-slow-peers").factory());

    SlowPeers(Duration writeMax, Duration sweep) {
        this.writeNanosMax = writeMax.toNanos();
        var unused =
                sweeper.scheduleWithFixedDelay(
                        this::sweep, sweep.toMillis(), sweep.toMillis(), TimeUnit.MILLISECONDS);
    }

    OutputStream guard(OutputStream out) {
        return new Guarded(out);
    }

    private void sweep() {
        long now = System.nanoTime();
        for (Guarded stream : writing) {
            if (now - stream.began > writeNanosMax) {
                // Closes the channel under the blocked write.
                stream.writer.interrupt();
            }
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }

    private final class Guarded extends FilterOutputStream {

        private volatile long began;
        private volatile Thread writer = Thread.currentThread();

        Guarded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            guarded(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            guarded(out::flush);
        }

        @Override
        public void close() throws IOException {
            guarded(out::close);
        }

        private void guarded(Write write) throws IOException {
            writer = Thread.currentThread();
            began = System.nanoTime();
            writing.add(this);
            try {
                write.run();
            } finally {
                writing.remove(this);
            }
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
