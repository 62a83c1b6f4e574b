package dev.chela.config.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One queued write: runs inside a savepoint, is settled only after the commit. */
final class WriteJob<T extends @Nullable Object> {

    private final String name;
    private final SqlWork<T> work;
    private final Executor teller;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private @Nullable Outcome<T> outcome;

    /**
     * @param teller where whoever waits is told
     */
    WriteJob(String name, SqlWork<T> work, Executor teller) {
        this.name = name;
        this.work = work;
        this.teller = teller;
    }

    String name() {
        return name;
    }

    CompletableFuture<T> future() {
        return future;
    }

    boolean succeeded() {
        return outcome instanceof Outcome.Done;
    }

    /** Runs the work; a failure undoes this job alone. */
    void run(Handle handle) throws SQLException {
        Connection connection = handle.getConnection();
        Savepoint savepoint = connection.setSavepoint();
        Outcome<T> result = Outcome.of(name, work, handle);
        if (result instanceof Outcome.Failed) {
            connection.rollback(savepoint);
        }
        connection.releaseSavepoint(savepoint);
        outcome = result;
    }

    /** Tells the waiting caller what became of the job. */
    void settle() {
        Outcome<T> result = outcome;
        if (result == null) {
            refuse(new DatabaseException(name + " was not run", null));
        } else {
            teller.execute(() -> result.settle(future));
        }
    }

    void refuse(DatabaseException reason) {
        teller.execute(() -> Outcome.<T>failed(reason).settle(future));
    }
}
