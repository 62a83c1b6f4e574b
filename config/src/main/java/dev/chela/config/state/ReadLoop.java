package dev.chela.config.state;

import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reading thread: one job, one snapshot of the database. */
final class ReadLoop implements JobThread.Loop {

    private static final Logger log = LoggerFactory.getLogger(ReadLoop.class);

    private final JobQueue<ReadJob<?>> queue;
    private final Handle handle;

    ReadLoop(JobQueue<ReadJob<?>> queue, Handle handle) {
        this.queue = queue;
        this.handle = handle;
    }

    @Override
    public void run() throws InterruptedException {
        Optional<ReadJob<?>> job = queue.take();
        while (job.isPresent()) {
            serve(job.get());
            job = queue.take();
        }
    }

    private void serve(ReadJob<?> job) {
        try {
            handle.getConnection().setAutoCommit(false);
            job.run(handle);
            handle.getConnection().setAutoCommit(true);
        } catch (SQLException e) {
            log.warn("db.read failed reason={}", e.getMessage());
            job.refuse(new DatabaseException("a read could not begin: " + e.getMessage(), e));
            leaveSnapshot();
        }
    }

    private void leaveSnapshot() {
        try {
            handle.getConnection().rollback();
            handle.getConnection().setAutoCommit(true);
        } catch (SQLException e) {
            log.warn("db.read kept its snapshot reason={}", e.getMessage());
        }
    }
}
