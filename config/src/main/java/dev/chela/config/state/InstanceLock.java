package dev.chela.config.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a state directory: a file lock, which the system drops with the process,
 * and a file beside it that names the holder.
 */
public final class InstanceLock implements AutoCloseable {

    // Closing any channel of a file drops all locks that this process has on it, so a file that it
    // holds must not even be opened again.
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private static final Duration LOOK_MAX = Duration.ofMillis(200);
    private static final Duration NAMING_MAX = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final StateDirectory state;
    private final Path file;
    private final FileChannel channel;
    private Holder holder = Holder.self();

    private InstanceLock(StateDirectory state, Path file, FileChannel channel) {
        this.state = state;
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws InstanceHeldException if another process, or another part of this one, has it
     * @throws StateException if the lock file cannot be written
     */
    public static InstanceLock acquire(StateDirectory state) {
        try {
            PrivateFiles.create(state.lockFile());
            Path file = state.lockFile().toRealPath();
            if (!OURS.add(file)) {
                throw new InstanceHeldException(state, named(state));
            }
            try {
                InstanceLock lock = new InstanceLock(state, file, locked(state, file));
                lock.publish();
                return lock;
            } catch (IOException | InstanceHeldException e) {
                OURS.remove(file);
                throw e;
            }
        } catch (IOException e) {
            throw new StateException(
                    "cannot lock the state directory " + state.root() + ": " + e, e);
        }
    }

    private static FileChannel locked(StateDirectory state, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        long end = System.nanoTime() + LOOK_MAX.toNanos();
        while (channel.tryLock() == null) {
            // Who only looks whether it is held has it for an instant, without a name.
            if (holder(state).isPresent() || System.nanoTime() - end > 0) {
                channel.close();
                throw new InstanceHeldException(state, named(state));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return channel;
    }

    /** The living process that holds the directory, found without touching the lock. */
    public static Optional<Holder> holder(StateDirectory state) {
        return Optional.ofNullable(named(state)).filter(Holder::isAlive);
    }

    /**
     * The living process that holds the directory, if one does.
     *
     * @throws InstanceHeldException if one does that cannot be named
     * @throws StateException if the lock file cannot be read
     */
    public static Optional<Holder> holderOrRefusal(StateDirectory state) {
        Optional<Holder> named = holder(state);
        // A name comes just after the lock, and goes just before it.
        long end = System.nanoTime() + NAMING_MAX.toNanos();
        while (named.isEmpty() && isHeld(state)) {
            if (System.nanoTime() - end > 0) {
                throw new InstanceHeldException(state, null);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            named = holder(state);
        }
        return named;
    }

    private static boolean isHeld(StateDirectory state) {
        if (!Files.exists(state.lockFile())) {
            return false;
        }
        try {
            Path file = state.lockFile().toRealPath();
            return OURS.contains(file) || isLocked(file);
        } catch (IOException e) {
            throw new StateException("cannot look at the lock " + state.lockFile() + ": " + e, e);
        }
    }

    private static boolean isLocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.tryLock(0, Long.MAX_VALUE, true) == null;
        }
    }

    private static @Nullable Holder named(StateDirectory state) {
        return Holder.read(state.holderFile()).orElse(null);
    }

    /** Tells others where this process listens. */
    public synchronized void publishPort(int port) {
        holder = holder.withPort(port);
        try {
            publish();
        } catch (IOException e) {
            throw new StateException("cannot write " + state.holderFile() + ": " + e, e);
        }
    }

    private void publish() throws IOException {
        Path next = state.holderFile().resolveSibling("chela.holder.new");
        PrivateFiles.create(next);
        Files.writeString(next, holder.toText());
        Files.move(
                next,
                state.holderFile(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives the directory back; idempotent. */
    @Override
    public synchronized void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            Files.deleteIfExists(state.holderFile());
            channel.close();
            OURS.remove(file);
        } catch (IOException e) {
            throw new StateException("cannot release the state directory " + state.root(), e);
        }
    }
}
