package dev.chela.harness.kit;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * The moment at which everything that was set off has come to rest: no virtual thread of this
 * machine runs or could run. Only then may a clock that is turned by hand go on. The thread that
 * waits for it must be none of them. Of threads that queue for one monitor it sees only the next,
 * each time that it looks; what many share is better a lock, whose next holder it always sees.
 */
public final class Stillness {

    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration PAUSE = Duration.ofNanos(100_000);
    private static final int LOOKS = 12;

    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private final Object monitor = new Object();

    /** Waits for it. */
    public void await() {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var looks = 0;
        while (looks < LOOKS) {
            if (System.nanoTime() > end) {
                throw new AssertionError("something never comes to rest");
            }
            if (isStill()) {
                unblockAll();
                looks = isStill() ? looks + 1 : 0;
            } else {
                looks = 0;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** A thread is in neither count for a moment while a carrier takes it up. */
    private boolean isStill() {
        var carriers = carriers();
        return carriers.stream().allMatch(Stillness::waits)
                && scheduler.getMountedVirtualThreadCount() == 0
                && scheduler.getQueuedVirtualThreadCount() == 0
                && carriers.stream().allMatch(Stillness::waits);
    }

    private static boolean waits(Thread carrier) {
        return switch (carrier.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            case NEW, RUNNABLE, BLOCKED -> false;
        };
    }

    private static List<Thread> carriers() {
        var group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        var all = new Thread[group.activeCount() * 2 + 10];
        return Stream.of(all)
                .limit(group.enumerate(all))
                .filter(thread -> thread.getClass().getName().endsWith("CarrierThread"))
                .toList();
    }

    /**
     * A thread that got a monitor at last is in no count until a thread of the machine's own has
     * come to it. That one takes all of them at once, so that whoever queues there last is also
     * behind all others.
     */
    private void unblockAll() {
        Thread last;
        synchronized (monitor) {
            last = Thread.ofVirtual().name("last-in-line").start(this::enter);
            while (last.getState() != Thread.State.BLOCKED) {
                Thread.yield();
            }
        }
        try {
            last.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void enter() {
        synchronized (monitor) {
            monitor.notifyAll();
        }
    }
}
