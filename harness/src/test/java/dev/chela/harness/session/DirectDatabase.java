package dev.chela.harness.session;

import dev.chela.config.state.Database;
import dev.chela.config.state.SchemaPart;
import dev.chela.config.state.SqlWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory that does every job at once on the caller's thread, and can halt the caller
 * before or after one, as the end of the process would.
 */
final class DirectDatabase implements Database {

    private final Handle handle = Jdbi.create("jdbc:sqlite::memory:").open();
    private int writesLeft = Integer.MAX_VALUE;
    private boolean loseLast;

    DirectDatabase(SchemaPart part) {
        part.resources().forEach(resource -> handle.createScript(text(resource)).execute());
    }

    /** What the process dies of; nothing in it may catch this. */
    static final class Halt extends Error {
        private static final long serialVersionUID = 1L;

        Halt() {
            super("halted", null, false, false);
        }
    }

    /** Halts at the {@code count}th write from now, before or after its commit. */
    void haltAt(int count, boolean beforeCommit) {
        writesLeft = count;
        loseLast = beforeCommit;
    }

    void doNotHalt() {
        writesLeft = Integer.MAX_VALUE;
    }

    void clear() {
        for (String table :
                new String[] {"session", "turn", "turn_input", "transcript", "archive"}) {
            handle.execute("DELETE FROM " + table);
        }
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(String job, SqlWork<T> work) {
        return CompletableFuture.completedFuture(writeNow(job, work));
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> read(SqlWork<T> work) {
        return CompletableFuture.completedFuture(work.run(handle));
    }

    @Override
    public <T extends @Nullable Object> T writeNow(String job, SqlWork<T> work) {
        boolean halts = --writesLeft == 0;
        if (halts && loseLast) {
            throw new Halt();
        }
        T result = handle.inTransaction(work::run);
        if (halts) {
            throw new Halt();
        }
        return result;
    }

    @Override
    public <T extends @Nullable Object> T readNow(SqlWork<T> work) {
        return work.run(handle);
    }

    @Override
    public void close() {
        handle.close();
    }

    private static String text(String resource) {
        try (InputStream in = DirectDatabase.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
