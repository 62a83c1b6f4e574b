package dev.chela.channels.inbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker for each conversation that has something to do: a signal makes it run, signals that come
 * while it runs make it run once more, and no conversation waits for another.
 *
 * <p>Holds one entry for a conversation that is being worked on and none otherwise. A job that
 * throws is logged and counts as done.
 */
public final class ByConversation {

    private static final Logger log = LoggerFactory.getLogger(ByConversation.class);

    private final String name;
    private final Executor executor;
    private final Consumer<String> job;
    private final ConcurrentMap<String, Work> active = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private volatile boolean closed;

    private enum Work {
        RUNNING,
        RUN_AGAIN
    }

    /**
     * @param name for threads and logs
     * @param job takes a conversation's token; must come back by itself
     */
    public ByConversation(String name, Executor executor, Consumer<String> job) {
        this.name = name;
        this.executor = executor;
        this.job = job;
    }

    /** Workers on virtual threads. */
    public static Executor virtualThreads(String name) {
        return task -> Thread.ofVirtual().name(name).start(task);
    }

    /** Something happened in the conversation; returns at once. */
    public void signal(String conversation) {
        if (closed) {
            return;
        }
        Work work = active.merge(conversation, Work.RUNNING, (running, fresh) -> Work.RUN_AGAIN);
        if (work == Work.RUNNING) {
            executor.execute(() -> run(conversation));
        }
    }

    /**
     * Makes a conversation that nobody works on the caller's, who must {@link #goOn} soon; false
     * and nothing done if somebody does.
     */
    public boolean take(String conversation) {
        return !closed && active.putIfAbsent(conversation, Work.RUNNING) == null;
    }

    /** What was begun in a conversation that was taken goes on on a worker; then comes the job. */
    public void goOn(String conversation, Runnable rest) {
        executor.execute(
                () -> {
                    guarded(conversation, rest);
                    run(conversation);
                });
    }

    /** Takes no more signals and waits for running jobs; whether all came back in time. */
    public boolean close(Duration atMost) {
        closed = true;
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (!active.isEmpty()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = idle.awaitNanos(Math.min(nanos, TimeUnit.MILLISECONDS.toNanos(100)));
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void run(String conversation) {
        Work left;
        do {
            active.replace(conversation, Work.RUNNING);
            guarded(conversation, () -> job.accept(conversation));
            left =
                    active.computeIfPresent(
                            conversation,
                            (key, work) -> work == Work.RUN_AGAIN && !closed ? work : null);
        } while (left != null);
        lock.lock();
        try {
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void guarded(String conversation, Runnable work) {
        CompletableFuture.runAsync(work, Runnable::run)
                .exceptionally(failure -> report(conversation, failure))
                .join();
    }

    private Void report(String conversation, Throwable failure) {
        log.error("{} conversation={} stopped on an error", name, conversation, failure);
        return null;
    }
}
