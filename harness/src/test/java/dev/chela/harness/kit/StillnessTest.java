package dev.chela.harness.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;

/** A clock that goes on too early makes a silence look longer than it was. */
final class StillnessTest {

    private static final int QUEUE = 8;

    private static final int CROWD = 400;

    private final ReentrantLock lock = new ReentrantLock();
    private final Object monitor = new Object();
    private final AtomicInteger through = new AtomicInteger();

    @RepeatedTest(5)
    void whoeverQueuesForAMonitorIsWaitedFor() {
        synchronized (monitor) {
            var queue =
                    Stream.generate(() -> Thread.ofVirtual().start(this::enter))
                            .limit(QUEUE)
                            .toList();
            while (!queue.stream().allMatch(one -> one.getState() == Thread.State.BLOCKED)) {
                Thread.yield();
            }
        }

        new Stillness().await();

        assertThat(through).hasValue(QUEUE);
    }

    @RepeatedTest(2)
    void soAreManyWhoShareALock() {
        lock.lock();
        IntStream.range(0, CROWD).forEach(n -> Thread.ofVirtual().start(this::lockAndLeave));
        while (lock.getQueueLength() < CROWD) {
            Thread.yield();
        }
        lock.unlock();

        new Stillness().await();

        assertThat(through).hasValue(CROWD);
    }

    private void lockAndLeave() {
        lock.lock();
        through.incrementAndGet();
        lock.unlock();
    }

    private void enter() {
        synchronized (monitor) {
            through.incrementAndGet();
        }
    }
}
