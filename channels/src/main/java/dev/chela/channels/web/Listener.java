package dev.chela.channels.web;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One page's doorbell: two flags, so however much happens, nothing piles up. */
final class Listener {

    private final String chat;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean changed;
    private boolean typing;

    Listener(String chat) {
        this.chat = chat;
    }

    String chat() {
        return chat;
    }

    void wake(boolean isTyping) {
        lock.lock();
        try {
            changed |= !isTyping;
            typing |= isTyping;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the bell, at most {@code patience}, and resets it. */
    Rung await(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (!changed && !typing && nanos > 0) {
                nanos = rung.awaitNanos(nanos);
            }
            Rung result = new Rung(changed, typing);
            changed = false;
            typing = false;
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Why the bell rang; neither if nobody rang. */
    record Rung(boolean changed, boolean typing) {

        boolean nothing() {
            return !changed && !typing;
        }
    }
}
