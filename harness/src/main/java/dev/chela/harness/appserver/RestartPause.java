package dev.chela.harness.appserver;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before the next start: nothing the first time, then longer with every server
 * that did not last a minute, up to 30 s.
 */
final class RestartPause {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LASTED = Duration.ofMinutes(1);

    private int shortLives;
    private Instant earliest = Instant.MIN;

    /** A server ended, or did not come up. */
    void ended(Instant started, Instant now) {
        if (Duration.between(started, now).compareTo(LASTED) >= 0) {
            shortLives = 0;
            earliest = Instant.MIN;
            return;
        }
        int doublings = Math.min(shortLives, 10);
        Duration pause = FIRST.multipliedBy(1L << doublings);
        earliest = now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
        shortLives++;
    }

    Duration left(Instant now) {
        return earliest.isAfter(now) ? Duration.between(now, earliest) : Duration.ZERO;
    }
}
