package dev.chela.channels.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long closed rows are kept.
 *
 * @param bodies words and names
 * @param keys ids and outcomes, which make a repeat harmless: at least 24 h
 * @param bytesMax all kept words together, about; beyond it the oldest go before their time
 */
public record Retention(Duration bodies, Duration keys, long bytesMax) {

    private static final Duration KEYS_MIN = Duration.ofHours(24);

    private static final long BYTES_MAX = 256L << 20;

    /** Words of up to 256 MiB. */
    public Retention(Duration bodies, Duration keys) {
        this(bodies, keys, BYTES_MAX);
    }

    public Retention {
        if (keys.compareTo(KEYS_MIN) < 0 || keys.compareTo(bodies) < 0) {
            throw new IllegalArgumentException(
                    "keys are kept %s, expected at least %s and no less than bodies (%s)"
                            .formatted(keys, KEYS_MIN, bodies));
        }
    }

    /**
     * What was closed before this loses its words.
     *
     * @param tooManyUpTo when the newest row was closed that is one too many
     */
    public Instant bodiesBefore(Instant now, Optional<Instant> tooManyUpTo) {
        Instant byAge = now.minus(bodies);
        return tooManyUpTo
                .map(at -> at.plusMillis(1))
                .filter(bySize -> bySize.isAfter(byAge))
                .orElse(byAge);
    }

    /** Words for 30 days and up to 256 MiB, ids for 90 days. */
    public static Retention standard() {
        return new Retention(Duration.ofDays(30), Duration.ofDays(90));
    }
}
