package dev.chela.bot.kit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other processes do; there is no event of theirs to wait for. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private Await() {}

    /**
     * Waits until {@code holds}.
     *
     * @param seen what is said if it does not come to that within 60 s
     */
    public static void until(String what, BooleanSupplier holds, Supplier<?> seen) {
        if (!within(PATIENCE, holds)) {
            throw new AssertionError("waited 60 s for %s; there is %s".formatted(what, seen.get()));
        }
    }

    /** Waits until there is something and returns it. */
    public static <T> T thing(String what, Supplier<Optional<T>> look, Supplier<?> seen) {
        until(what, () -> look.get().isPresent(), seen);
        return look.get().orElseThrow();
    }

    /** Whether it came to hold in time. */
    public static boolean within(Duration patience, BooleanSupplier holds) {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }
}
