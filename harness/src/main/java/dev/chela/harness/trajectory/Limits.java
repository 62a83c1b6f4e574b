package dev.chela.harness.trajectory;

import java.time.Duration;

/**
 * The bounds of trajectories.
 *
 * @param fileBytes of one file
 * @param eventBytes of one line; a larger one leaves a line that says how large it was
 * @param depth of containers in one event
 * @param entries of one container
 * @param stringChars of one string
 * @param waitingEvents that may wait to be written; further ones are dropped and counted
 * @param waitingChars of all that wait, as long as they were on the wire
 * @param heldChars of one event that waits; of a longer one only the size is kept
 * @param linger how long the writer lets events gather
 */
record Limits(
        long fileBytes,
        int eventBytes,
        int depth,
        int entries,
        int stringChars,
        int waitingEvents,
        long waitingChars,
        int heldChars,
        Duration linger) {

    static Limits standard() {
        return new Limits(
                50L << 20,
                256 << 10,
                6,
                100,
                20_000,
                8_192,
                4L << 20,
                1 << 20,
                Duration.ofMillis(200));
    }
}
