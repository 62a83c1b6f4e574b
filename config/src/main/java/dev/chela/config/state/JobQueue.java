package dev.chela.config.state;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A bounded queue of database jobs that can be closed; overflow is refused, never waited out. */
final class JobQueue<J> {

    private final String kind;
    private final int max;
    private final BlockingQueue<Optional<J>> queue = new LinkedBlockingQueue<>();
    private boolean closed;

    JobQueue(String kind, int max) {
        this.kind = kind;
        this.max = max;
    }

    /** Whether the job was taken; false if the queue is full or closed. */
    synchronized boolean offer(J job) {
        if (closed || queue.size() >= max) {
            return false;
        }
        return queue.add(Optional.of(job));
    }

    int size() {
        return queue.size();
    }

    synchronized DatabaseException refusal(String job) {
        String reason =
                closed
                        ? "the database is closed"
                        : "all " + max + " places of the " + kind + " queue are taken";
        return new DatabaseException(job + " was refused: " + reason, null);
    }

    /** Lets what is queued finish, then ends {@code takers} loops; idempotent. */
    synchronized void close(int takers) {
        if (closed) {
            return;
        }
        closed = true;
        for (int i = 0; i < takers; i++) {
            queue.add(Optional.empty());
        }
    }

    /** Waits for the next job; empty means the end. */
    Optional<J> take() throws InterruptedException {
        return queue.take();
    }

    /** Adds jobs that already wait to {@code batch}; false if the end was among them. */
    boolean drainTo(List<J> batch, int batchMax) {
        while (batch.size() < batchMax) {
            Optional<J> next = queue.poll();
            if (next == null) {
                return true;
            }
            if (next.isEmpty()) {
                return false;
            }
            batch.add(next.get());
        }
        return true;
    }
}
