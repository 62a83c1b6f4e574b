package dev.chela.config.edit;

import dev.chela.config.state.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two edits of one file apart, in this process and between processes; never waits. */
record WriteLock(FileChannel channel) implements AutoCloseable {

    static WriteLock take(Path file) throws IOException {
        Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
        Path directory = lock.toAbsolutePath().getParent();
        if (directory != null) {
            PrivateFiles.createDirectories(directory);
        }
        FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new EditException(file + " is being edited by somebody else; repeat the edit");
        }
        return new WriteLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
