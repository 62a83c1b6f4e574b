package dev.chela.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nobody announces. */
final class Quiet {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private Quiet() {}

    /**
     * Waits until {@code done} holds.
     *
     * @throws IllegalStateException if it does not within {@code patience}
     */
    static void until(String what, Duration patience, BooleanSupplier done) {
        long end = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "%s did not happen within %d s".formatted(what, patience.toSeconds()));
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /** Lets {@code time} pass: what is measured is how things are after it. */
    static void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
