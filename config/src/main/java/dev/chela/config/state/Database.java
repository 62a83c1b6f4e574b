package dev.chela.config.state;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The SQLite database of the state directory.
 *
 * <p>One platform thread writes, two read; everyone else waits on a future, because SQLite's native
 * calls hold the carrier of a virtual thread. Writes that wait together are committed together,
 * each inside a savepoint of its own, so that one failing job takes no other with it. A write's
 * future completes when the commit is on disk.
 */
public interface Database extends AutoCloseable {

    /**
     * Runs a write job. {@code job} is its checkpoint name, {@code <package>.<verb>}, for example
     * {@code inbox.accept}.
     *
     * @throws DatabaseException from the future, if the SQL failed or the queue is full
     */
    <T extends @Nullable Object> CompletableFuture<T> write(String job, SqlWork<T> work);

    /** Runs a job that only reads. */
    <T extends @Nullable Object> CompletableFuture<T> read(SqlWork<T> work);

    /** {@link #write} and wait, at most 30 s. */
    <T extends @Nullable Object> T writeNow(String job, SqlWork<T> work);

    /** {@link #read} and wait, at most 30 s. */
    <T extends @Nullable Object> T readNow(SqlWork<T> work);

    /** How many jobs wait for a database thread now; nothing waits where there is no queue. */
    default Waiters waiters() {
        return new Waiters(0, 0);
    }

    /** Jobs that wait. */
    record Waiters(int writes, int reads) {}

    /** Finishes the queued writes, then closes; idempotent. */
    @Override
    void close();
}
