package dev.chela.harness.session;

import dev.chela.config.Live;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many turns run at once over all lanes, first come first served, and how many are not yet
 * handed over.
 */
final class TurnSlots {

    private final Live<Integer> max;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rested = lock.newCondition();
    private final Deque<Runnable> asking = new ArrayDeque<>();
    private int taken;
    private int working;
    private boolean closed;

    TurnSlots(Live<Integer> max) {
        this.max = max;
    }

    /**
     * Runs {@code granted} as soon as a slot is free, perhaps at once. It must return quickly.
     * After {@link #close} nothing is granted any more.
     */
    void ask(Runnable granted) {
        lock.lock();
        try {
            if (!hasFree()) {
                asking.add(granted);
                return;
            }
            taken++;
        } finally {
            lock.unlock();
        }
        granted.run();
    }

    /** Takes a slot if one is free and nobody waits; says whether it did. */
    boolean takeFree() {
        lock.lock();
        try {
            boolean free = hasFree();
            taken += free ? 1 : 0;
            return free;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        List<Runnable> granted = new ArrayList<>();
        lock.lock();
        try {
            taken--;
            // More than one when the bound was raised meanwhile.
            while (!closed && !asking.isEmpty() && taken < max.get()) {
                granted.add(asking.remove());
                taken++;
            }
        } finally {
            lock.unlock();
        }
        granted.forEach(Runnable::run);
    }

    /** Whether who asks now is granted at once. */
    boolean isFree() {
        lock.lock();
        try {
            return hasFree();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasFree() {
        return !closed && taken < max.get() && asking.isEmpty();
    }

    /** Grants no more: the bot stops. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** A turn began or was found open. */
    void works() {
        lock.lock();
        try {
            working++;
        } finally {
            lock.unlock();
        }
    }

    /** A turn was handed over. */
    void rests() {
        lock.lock();
        try {
            working--;
            rested.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every turn that has a slot is handed over; false if time ran out before. */
    boolean awaitRest(Duration budget) throws InterruptedException {
        long left = budget.toNanos();
        lock.lock();
        try {
            while (working > 0 && left > 0) {
                left = rested.awaitNanos(left);
            }
            return working == 0;
        } finally {
            lock.unlock();
        }
    }

    int working() {
        lock.lock();
        try {
            return working;
        } finally {
            lock.unlock();
        }
    }
}
