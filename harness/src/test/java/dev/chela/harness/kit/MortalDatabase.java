package dev.chela.harness.kit;

import dev.chela.config.state.Database;
import dev.chela.config.state.DatabaseException;
import dev.chela.config.state.SqlWork;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The database as one process has it: when that dies, what it began is done or was never begun. */
public final class MortalDatabase implements Database {

    private final Database inner;
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private boolean dead;

    public MortalDatabase(Database inner) {
        this.inner = inner;
    }

    /** Returns when nothing of the process can happen any more. */
    public void die() {
        life.writeLock().lock();
        try {
            dead = true;
        } finally {
            life.writeLock().unlock();
        }
        inner.writeNow("test.death", handle -> true);
    }

    /**
     * Does something outside of the database that a dead process cannot do.
     *
     * @throws DatabaseException if it is dead
     */
    public void whileAlive(Runnable effect) {
        whileAlive(
                () -> {
                    effect.run();
                    return true;
                });
    }

    private <T> T whileAlive(Supplier<T> begin) {
        life.readLock().lock();
        try {
            if (dead) {
                throw new DatabaseException("the process is dead", null);
            }
            return begin.get();
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(String job, SqlWork<T> work) {
        return whileAlive(() -> inner.write(job, work));
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> read(SqlWork<T> work) {
        return whileAlive(() -> inner.read(work));
    }

    @Override
    public <T extends @Nullable Object> T writeNow(String job, SqlWork<T> work) {
        return result(write(job, work));
    }

    @Override
    public <T extends @Nullable Object> T readNow(SqlWork<T> work) {
        return result(read(work));
    }

    private static <T extends @Nullable Object> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof DatabaseException cause
                    ? cause
                    : new DatabaseException("it failed", e);
        }
    }

    @Override
    public void close() {}
}
