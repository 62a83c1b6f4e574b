package dev.chela.config.testing;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.Database;
import dev.chela.config.state.SchemaPart;
import dev.chela.config.state.SqlWork;
import dev.chela.config.state.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real SQLite database on a temporary directory, which {@link #close} deletes.
 *
 * <p>{@link #reopen} closes and opens the same file again, as a restart of the bot would.
 */
public final class TestDatabase implements Database {

    private final Path directory;
    private final List<SchemaPart> parts;
    private final Checkpoints checkpoints;
    private SqliteDatabase open;

    private TestDatabase(Path directory, List<SchemaPart> parts, Checkpoints checkpoints) {
        this.directory = directory;
        this.parts = List.copyOf(parts);
        this.checkpoints = checkpoints;
        this.open = SqliteDatabase.open(file(), parts, checkpoints);
    }

    public static TestDatabase open(List<SchemaPart> parts) {
        return open(parts, Checkpoints.none());
    }

    public static TestDatabase open(List<SchemaPart> parts, Checkpoints checkpoints) {
        try {
            return new TestDatabase(Files.createTempDirectory("chela-db"), parts, checkpoints);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file() {
        return directory.resolve("chela.db");
    }

    public void reopen() {
        open.close();
        open = SqliteDatabase.open(file(), parts, checkpoints);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(String job, SqlWork<T> work) {
        return open.write(job, work);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> read(SqlWork<T> work) {
        return open.read(work);
    }

    @Override
    public <T extends @Nullable Object> T writeNow(String job, SqlWork<T> work) {
        return open.writeNow(job, work);
    }

    @Override
    public <T extends @Nullable Object> T readNow(SqlWork<T> work) {
        return open.readNow(work);
    }

    @Override
    public void close() {
        open.close();
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
