package dev.chela.config.state;

import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One queued read: its statements see one state of the database. */
final class ReadJob<T extends @Nullable Object> {

    private final SqlWork<T> work;
    private final CompletableFuture<T> future = new CompletableFuture<>();

    ReadJob(SqlWork<T> work) {
        this.work = work;
    }

    CompletableFuture<T> future() {
        return future;
    }

    void run(Handle handle) {
        Outcome<T> result = Outcome.of("a read", work, handle);
        result.settle(future);
    }

    void refuse(DatabaseException reason) {
        Outcome.<T>failed(reason).settle(future);
    }
}
