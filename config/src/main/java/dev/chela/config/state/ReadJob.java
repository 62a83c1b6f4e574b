package dev.chela.config.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One queued read: its statements see one state of the database. */
final class ReadJob<T extends @Nullable Object> {

    private final SqlWork<T> work;
    private final Executor teller;
    private final CompletableFuture<T> future = new CompletableFuture<>();

    /**
     * @param teller where whoever waits is told
     */
    ReadJob(SqlWork<T> work, Executor teller) {
        this.work = work;
        this.teller = teller;
    }

    CompletableFuture<T> future() {
        return future;
    }

    void run(Handle handle) {
        Outcome<T> result = Outcome.of("a read", work, handle);
        teller.execute(() -> result.settle(future));
    }

    void refuse(DatabaseException reason) {
        teller.execute(() -> Outcome.<T>failed(reason).settle(future));
    }
}
