package dev.chela.config.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a state directory: a file lock, which the system drops with the process,
 * and a file beside it that names the holder.
 */
public final class InstanceLock implements AutoCloseable {

    private final StateDirectory state;
    private final FileChannel channel;
    private Holder holder = Holder.self();

    private InstanceLock(StateDirectory state, FileChannel channel) {
        this.state = state;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws InstanceHeldException if another process, or another part of this one, has it
     * @throws StateException if the lock file cannot be written
     */
    public static InstanceLock acquire(StateDirectory state) {
        // Closing any channel of a file drops all locks this process has on it, so a second try
        // in the same process must not even open the file.
        holder(state)
                .filter(found -> found.pid() == Holder.self().pid())
                .ifPresent(
                        found -> {
                            throw new InstanceHeldException(state.root(), found);
                        });
        try {
            PrivateFiles.create(state.lockFile());
            FileChannel channel = FileChannel.open(state.lockFile(), StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new InstanceHeldException(
                        state.root(), Holder.read(state.holderFile()).orElse(null));
            }
            InstanceLock lock = new InstanceLock(state, channel);
            lock.publish();
            return lock;
        } catch (IOException e) {
            throw new StateException(
                    "cannot lock the state directory " + state.root() + ": " + e, e);
        }
    }

    /** The living process that holds the directory, found without touching the lock. */
    public static Optional<Holder> holder(StateDirectory state) {
        return Holder.read(state.holderFile()).filter(Holder::isAlive);
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

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
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
        } catch (IOException e) {
            throw new StateException("cannot release the state directory " + state.root(), e);
        }
    }
}
