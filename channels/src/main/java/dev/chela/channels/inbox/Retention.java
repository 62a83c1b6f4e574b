package dev.chela.channels.inbox;

import java.time.Duration;

/**
 * How long closed rows are kept.
 *
 * @param bodies words and names
 * @param keys ids and outcomes, which make a repeat harmless: at least 24 h
 */
public record Retention(Duration bodies, Duration keys) {

    private static final Duration KEYS_MIN = Duration.ofHours(24);

    public Retention {
        if (keys.compareTo(KEYS_MIN) < 0 || keys.compareTo(bodies) < 0) {
            throw new IllegalArgumentException(
                    "keys are kept %s, expected at least %s and no less than bodies (%s)"
                            .formatted(keys, KEYS_MIN, bodies));
        }
    }

    /** Words for 30 days, ids for 90. */
    public static Retention standard() {
        return new Retention(Duration.ofDays(30), Duration.ofDays(90));
    }
}
