package dev.chela.harness.computeruse;

import java.time.Duration;

/** How a look waits. */
@FunctionalInterface
interface Pause {

    /** Waits so long; false, at once, when nobody waits for the look any more. */
    boolean of(Duration time);
}
