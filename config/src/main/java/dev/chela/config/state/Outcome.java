package dev.chela.config.state;

import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** What a job returned or threw. */
sealed interface Outcome<T extends @Nullable Object> {

    record Done<T extends @Nullable Object>(T value) implements Outcome<T> {}

    record Failed<T extends @Nullable Object>(Throwable reason) implements Outcome<T> {}

    /** Runs {@code work}. This is the root of a job: whatever it throws belongs to its caller. */
    static <T extends @Nullable Object> Outcome<T> of(String job, SqlWork<T> work, Handle handle) {
        try {
            return new Done<>(work.run(handle));
        } catch (JdbiException e) {
            return failed(new DatabaseException(job + ": " + e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            return new Failed<>(e);
        }
    }

    static <T extends @Nullable Object> Outcome<T> failed(DatabaseException reason) {
        return new Failed<>(reason);
    }

    default void settle(CompletableFuture<T> future) {
        switch (this) {
            case Done<T> done -> future.complete(done.value());
            case Failed<T> failed -> future.completeExceptionally(failed.reason());
        }
    }
}
