package dev.chela.harness.appserver.managed;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Keeps two installers, in one process or two, from working on the same package. */
final class InstallLock implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final FileChannel channel;
    private final FileLock lock;

    private InstallLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock.
     *
     * @param onWait called once if somebody else has it
     * @throws IOException if it is not free within {@code deadline}
     */
    static InstallLock take(Path file, Duration deadline, Runnable onWait) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long end = System.nanoTime() + deadline.toNanos();
            boolean told = false;
            while (true) {
                FileLock lock = tried(channel);
                if (lock != null) {
                    return new InstallLock(channel, lock);
                }
                if (!told) {
                    onWait.run();
                    told = true;
                }
                if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    throw new IOException(
                            "another process has been installing for %d minutes"
                                    .formatted(deadline.toMinutes()));
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Somebody else in this JVM has it.
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
