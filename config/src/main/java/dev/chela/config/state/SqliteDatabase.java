package dev.chela.config.state;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Database} on SQLite: WAL, {@code synchronous=FULL}, foreign keys on.
 *
 * <p>Bounds: 4096 waiting writes, 1024 waiting reads, 64 writes a commit. A job that finds its
 * queue full is refused at once with a {@link DatabaseException}; nothing blocks the caller.
 * Futures complete on virtual threads, so that what follows a write never holds up the next one; a
 * caller who waits for the job itself is woken by the database's own thread, which is sooner.
 */
public final class SqliteDatabase implements Database {

    static final int WRITES_MAX = 4096;
    static final int READS_MAX = 1024;
    private static final int READERS = 2;

    /** What hangs on a future may block. */
    private static final Executor BESIDE = Thread::startVirtualThread;

    /** Nothing hangs on it but one thread that waits. */
    private static final Executor HERE = Runnable::run;

    private final JobQueue<WriteJob<?>> writes;
    private final JobQueue<ReadJob<?>> reads;
    private final List<JobThread> threads;

    private SqliteDatabase(
            JobQueue<WriteJob<?>> writes, JobQueue<ReadJob<?>> reads, List<JobThread> threads) {
        this.writes = writes;
        this.reads = reads;
        this.threads = threads;
    }

    /**
     * Opens {@code file}, creating it (mode 0600) and bringing it to the newest schema first.
     *
     * @throws DatabaseException if the file cannot be opened, a migration fails, or the file was
     *     written by a newer Chela
     */
    public static SqliteDatabase open(Path file, List<SchemaPart> parts, Checkpoints checkpoints) {
        PrivateFiles.create(file);
        Connections connections = new Connections(file);
        Handle writer = connections.openWriter();
        try {
            new Schema(connections, parts, checkpoints).bringUpToDate(writer);
            return start(connections, writer, checkpoints);
        } catch (DatabaseException e) {
            writer.close();
            throw e;
        }
    }

    private static SqliteDatabase start(
            Connections connections, Handle writer, Checkpoints checkpoints) {
        JobQueue<WriteJob<?>> writes = new JobQueue<>("write", WRITES_MAX);
        JobQueue<ReadJob<?>> reads = new JobQueue<>("read", READS_MAX);
        JobThread[] threads = new JobThread[READERS + 1];
        threads[0] =
                JobThread.start(
                        "chela-db-write", writer, new WriteLoop(writes, writer, checkpoints));
        for (int i = 1; i <= READERS; i++) {
            Handle reader = connections.openReader();
            threads[i] = JobThread.start("chela-db-read-" + i, reader, new ReadLoop(reads, reader));
        }
        return new SqliteDatabase(writes, reads, List.of(threads));
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(String job, SqlWork<T> work) {
        return queued(new WriteJob<>(job, work, BESIDE));
    }

    private <T extends @Nullable Object> CompletableFuture<T> queued(WriteJob<T> job) {
        if (!writes.offer(job)) {
            job.refuse(writes.refusal(job.name()));
        }
        return job.future();
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> read(SqlWork<T> work) {
        return queued(new ReadJob<>(work, BESIDE));
    }

    private <T extends @Nullable Object> CompletableFuture<T> queued(ReadJob<T> job) {
        if (!reads.offer(job)) {
            job.refuse(reads.refusal("a read"));
        }
        return job.future();
    }

    @Override
    public <T extends @Nullable Object> T writeNow(String job, SqlWork<T> work) {
        refuseOwnThreads(job);
        return Waiting.forResult(job, queued(new WriteJob<>(job, work, HERE)));
    }

    @Override
    public <T extends @Nullable Object> T readNow(SqlWork<T> work) {
        refuseOwnThreads("a read");
        return Waiting.forResult("a read", queued(new ReadJob<>(work, HERE)));
    }

    private void refuseOwnThreads(String job) {
        for (JobThread thread : threads) {
            if (thread.isCurrent()) {
                throw new DatabaseException(
                        job + " was asked for inside a database job and would wait for itself",
                        null);
            }
        }
    }

    @Override
    public Waiters waiters() {
        return new Waiters(writes.size(), reads.size());
    }

    @Override
    public void close() {
        reads.close(READERS);
        writes.close(1);
        for (JobThread thread : threads) {
            thread.join();
        }
    }
}
