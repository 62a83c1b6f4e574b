package dev.chela.harness.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other in the order they came, on a thread of {@code executor} that it
 * has only while there is something to do.
 */
final class Mailbox {

    /** Callers that may wait at once; the lane's own tasks are few and are never refused. */
    static final int CALLS_MAX = 1024;

    private final String name;
    private final Executor executor;
    private final Consumer<Exception> failed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean draining;
    private boolean closed;

    /** {@code failed} is told, on the same thread, of what a task threw. */
    Mailbox(String name, Executor executor, Consumer<Exception> failed) {
        this.name = name;
        this.executor = executor;
        this.failed = failed;
    }

    /** Takes a task; false if it is closed. */
    boolean post(Runnable task) {
        return offer(task, Integer.MAX_VALUE);
    }

    /**
     * Takes a task of a waiting caller; false if it is closed.
     *
     * @throws SessionException if too many wait
     */
    boolean call(Runnable task) {
        return offer(task, CALLS_MAX);
    }

    /** Closes it if nothing waits; only from within a task. */
    boolean closeIfEmpty() {
        lock.lock();
        try {
            closed = waiting.isEmpty();
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean offer(Runnable task, int max) {
        boolean start;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (waiting.size() >= max) {
                throw new SessionException(
                        "session %s has %d requests waiting, which is all it takes; try again"
                                .formatted(name, max),
                        null);
            }
            waiting.add(task);
            start = !draining;
            draining = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            executor.execute(this::drain);
        }
        return true;
    }

    private void drain() {
        for (Runnable task = take(); task != null; task = take()) {
            try {
                task.run();
            } catch (Exception e) {
                failed.accept(e);
            }
        }
    }

    private @Nullable Runnable take() {
        lock.lock();
        try {
            Runnable next = waiting.poll();
            draining = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }
}
