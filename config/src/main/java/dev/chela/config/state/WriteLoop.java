package dev.chela.config.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writing thread: takes what waits, runs each job in a savepoint, commits all at once. */
final class WriteLoop implements JobThread.Loop {

    private static final Logger log = LoggerFactory.getLogger(WriteLoop.class);
    private static final int BATCH_MAX = 64;

    private final JobQueue<WriteJob<?>> queue;
    private final Handle handle;
    private final Checkpoints checkpoints;

    WriteLoop(JobQueue<WriteJob<?>> queue, Handle handle, Checkpoints checkpoints) {
        this.queue = queue;
        this.handle = handle;
        this.checkpoints = checkpoints;
    }

    @Override
    public void run() throws InterruptedException {
        boolean open = true;
        while (open) {
            Optional<WriteJob<?>> first = queue.take();
            if (first.isEmpty()) {
                return;
            }
            List<WriteJob<?>> batch = new ArrayList<>();
            batch.add(first.get());
            open = queue.drainTo(batch, BATCH_MAX);
            commit(batch);
        }
    }

    private void commit(List<WriteJob<?>> batch) {
        try {
            handle.getConnection().setAutoCommit(false);
            for (WriteJob<?> job : batch) {
                checkpoints.before(job.name());
                job.run(handle);
            }
            // The driver commits here; its commit() would at once begin, and hold, the next one.
            handle.getConnection().setAutoCommit(true);
        } catch (SQLException | RuntimeException e) {
            undo(batch, e);
            return;
        }
        for (WriteJob<?> job : batch) {
            if (job.succeeded()) {
                checkpoints.after(job.name());
            }
            job.settle();
        }
    }

    private void undo(List<WriteJob<?>> batch, Exception cause) {
        log.warn("db.commit failed jobs={} reason={}", batch.size(), cause.getMessage());
        rollBack();
        for (WriteJob<?> job : batch) {
            String message = job.name() + " was not committed: " + cause.getMessage();
            job.refuse(new DatabaseException(message, cause));
        }
    }

    /** SQLite ends the transaction itself on a full disk; then there is nothing to roll back. */
    private void rollBack() {
        try {
            if (handle.getConnection().getAutoCommit()) {
                handle.execute("rollback");
            } else {
                handle.getConnection().rollback();
                handle.getConnection().setAutoCommit(true);
            }
        } catch (SQLException | JdbiException e) {
            log.debug("db.rollback found no transaction reason={}", e.getMessage());
            endTransaction();
        }
    }

    private void endTransaction() {
        try {
            handle.getConnection().setAutoCommit(true);
        } catch (SQLException e) {
            log.warn("db.rollback failed reason={}", e.getMessage());
        }
    }
}
