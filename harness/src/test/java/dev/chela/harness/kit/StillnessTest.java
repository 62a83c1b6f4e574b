package dev.chela.harness.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;

/** A clock that goes on too early makes a silence look longer than it was. */
final class StillnessTest {

    private static final int QUEUE = 400;

    private final Object monitor = new Object();
    private final AtomicInteger through = new AtomicInteger();

    @RepeatedTest(20)
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

    private void enter() {
        synchronized (monitor) {
            through.incrementAndGet();
        }
    }
}
