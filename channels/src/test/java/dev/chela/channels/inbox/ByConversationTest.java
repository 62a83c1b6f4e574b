package dev.chela.channels.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ByConversationTest {

    @Test
    void aSlowConversationHoldsUpNoOther() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        ByConversation workers =
                new ByConversation(
                        "test",
                        ByConversation.virtualThreads("test"),
                        key -> {
                            if (key.equals("slow")) {
                                await(release);
                            } else {
                                other.countDown();
                            }
                        });
        workers.signal("slow");
        workers.signal("quick");

        assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(workers.close(Duration.ofMillis(1))).isFalse();
        release.countDown();
        assertThat(workers.close(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void signalsDuringARunMakeOneMoreAndNeverTwoAtOnce() throws InterruptedException {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger signalled = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        ByConversation workers =
                new ByConversation(
                        "test",
                        ByConversation.virtualThreads("test"),
                        key -> {
                            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                            seen.set(signalled.get());
                            atOnce.decrementAndGet();
                        });
        for (int i = 0; i < 10_000; i++) {
            signalled.incrementAndGet();
            workers.signal("a");
        }
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(
                        () -> {
                            while (seen.get() < 10_000) {
                                Thread.onSpinWait();
                                Thread.yield();
                            }
                            done.countDown();
                        });
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void aJobThatThrowsRunsAgainOnTheNextSignal() {
        AtomicInteger runs = new AtomicInteger();
        ByConversation workers =
                new ByConversation(
                        "test",
                        Runnable::run,
                        key -> {
                            runs.incrementAndGet();
                            throw new IllegalStateException("broken");
                        });
        workers.signal("a");
        workers.signal("a");

        assertThat(runs.get()).isEqualTo(2);
    }

    @Test
    void aConversationThatIsTakenIsNobodyElsesUntilItGoesOn() {
        List<String> done = new ArrayList<>();
        ByConversation workers = new ByConversation("test", Runnable::run, key -> done.add("job"));

        assertThat(workers.take("a")).isTrue();
        assertThat(workers.take("a")).isFalse();
        workers.signal("a");
        assertThat(done).isEmpty();
        workers.goOn("a", () -> done.add("rest"));

        assertThat(done).containsExactly("rest", "job");
        assertThat(workers.take("a")).isTrue();
    }

    @Test
    void whatGoesOnAndThrowsStillLetsTheJobRun() {
        AtomicInteger runs = new AtomicInteger();
        ByConversation workers =
                new ByConversation("test", Runnable::run, key -> runs.incrementAndGet());
        workers.take("a");
        workers.goOn(
                "a",
                () -> {
                    throw new IllegalStateException("broken");
                });

        assertThat(runs.get()).isEqualTo(1);
        assertThat(workers.take("a")).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
