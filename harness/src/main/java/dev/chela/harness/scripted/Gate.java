package dev.chela.harness.scripted;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a scripted answer until a test lets it go on. Opens once and stays open. */
public final class Gate {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Lets the answer go on. */
    public void open() {
        opened.countDown();
    }

    /** Whether an answer came to the gate within {@code limit}. */
    public boolean awaitReached(Duration limit) throws InterruptedException {
        return reached.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Called by whoever plays the answer. */
    public void arrive() {
        reached.countDown();
    }

    /** Whether it is open now or becomes open within {@code limit}. */
    public boolean awaitOpen(Duration limit) throws InterruptedException {
        return opened.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
