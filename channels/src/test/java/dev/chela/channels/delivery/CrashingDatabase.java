package dev.chela.channels.delivery;

import dev.chela.config.state.Database;
import dev.chela.config.state.DatabaseException;
import dev.chela.config.state.SqlWork;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A database whose user dies before or after one named job, and does nothing more after that. */
final class CrashingDatabase implements Database {

    private final Database real;
    private final String job;
    private final boolean after;
    private boolean dead;

    CrashingDatabase(Database real, String job, boolean after) {
        this.real = real;
        this.job = job;
        this.after = after;
    }

    @Override
    public <T extends @Nullable Object> T writeNow(String name, SqlWork<T> work) {
        live();
        if (!name.equals(job)) {
            return real.writeNow(name, work);
        }
        if (after) {
            real.writeNow(name, work);
        }
        dead = true;
        throw new DatabaseException("crash at " + name, null);
    }

    @Override
    public <T extends @Nullable Object> T readNow(SqlWork<T> work) {
        live();
        return real.readNow(work);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(String name, SqlWork<T> work) {
        return CompletableFuture.supplyAsync(() -> writeNow(name, work), Runnable::run);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> read(SqlWork<T> work) {
        return CompletableFuture.supplyAsync(() -> readNow(work), Runnable::run);
    }

    @Override
    public void close() {}

    /** Whether the crash came. */
    boolean isDead() {
        return dead;
    }

    private void live() {
        if (dead) {
            throw new DatabaseException("the process is dead", null);
        }
    }
}
