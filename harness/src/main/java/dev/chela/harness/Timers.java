package dev.chela.harness;

import java.time.Duration;
import java.time.InstantSource;

/** The clock that deadlines are measured on, and what wakes at them; tests turn it by hand. */
public interface Timers extends InstantSource {

    /** Runs {@code task} once after {@code delay} on a virtual thread, unless cancelled before. */
    Alarm after(Duration delay, Runnable task);

    /** One pending wake-up. */
    @FunctionalInterface
    interface Alarm {

        /** Takes it back; harmless when it already rang. */
        void cancel();
    }
}
