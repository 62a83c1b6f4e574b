package dev.chela.harness.kit;

import dev.chela.config.state.Database;
import dev.chela.config.state.DatabaseException;
import dev.chela.config.state.SchemaPart;
import dev.chela.config.state.SqlWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory that does every job at once on the caller's thread, one at a time, and can
 * halt the caller before or after one, as the end of the process would.
 */
public final class DirectDatabase implements Database {

    /** Shared, for it keeps what it has understood of each statement. */
    private static final Jdbi JDBI = Jdbi.create("jdbc:sqlite::memory:");

    private final ReentrantLock lock = new ReentrantLock();
    private final Handle handle = JDBI.open();
    private int writesLeft = Integer.MAX_VALUE;
    private boolean loseLast;

    public DirectDatabase(SchemaPart part) {
        try (Statement all = handle.getConnection().createStatement()) {
            for (String resource : part.resources()) {
                all.executeUpdate(text(resource));
            }
        } catch (SQLException e) {
            throw new DatabaseException("the schema is not taken", e);
        }
    }

    /** What the process dies of; nothing in it may catch this. */
    public static final class Halt extends Error {
        private static final long serialVersionUID = 1L;

        Halt() {
            super("halted", null, false, false);
        }
    }

    /** Halts at the {@code count}th write from now, before or after its commit. */
    public void haltAt(int count, boolean beforeCommit) {
        writesLeft = count;
        loseLast = beforeCommit;
    }

    public void doNotHalt() {
        writesLeft = Integer.MAX_VALUE;
    }

    /** Forgets every session. */
    public void clear() {
        for (String table :
                new String[] {"session", "turn", "turn_input", "transcript", "archive"}) {
            handle.execute("DELETE FROM " + table);
        }
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(String job, SqlWork<T> work) {
        try {
            return CompletableFuture.completedFuture(writeNow(job, work));
        } catch (DatabaseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> read(SqlWork<T> work) {
        try {
            return CompletableFuture.completedFuture(readNow(work));
        } catch (DatabaseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public <T extends @Nullable Object> T writeNow(String job, SqlWork<T> work) {
        lock.lock();
        try {
            boolean halts = --writesLeft == 0;
            if (halts && loseLast) {
                throw new Halt();
            }
            T result = handle.inTransaction(work::run);
            if (halts) {
                throw new Halt();
            }
            return result;
        } catch (JdbiException e) {
            throw new DatabaseException(job + " failed: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T extends @Nullable Object> T readNow(SqlWork<T> work) {
        lock.lock();
        try {
            return work.run(handle);
        } catch (JdbiException e) {
            throw new DatabaseException("a read failed: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            handle.close();
        } finally {
            lock.unlock();
        }
    }

    private static String text(String resource) {
        try (InputStream in = DirectDatabase.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
