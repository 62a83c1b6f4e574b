package dev.chela.channels.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps calls to one conversation apart: a burst goes at once, then one call an interval. Remembers
 * the 10 000 conversations used last.
 */
final class Pace {

    private final Cache<String, Instant> nextFree =
            Caffeine.newBuilder().maximumSize(10_000).build();

    /** Zero, and the call is counted; or how long it still has to wait. */
    Duration take(String conversation, DeliveryRules rules, Instant now) {
        if (rules.interval().isZero()) {
            return Duration.ZERO;
        }
        Instant free = nextFree.get(conversation, key -> now);
        Instant from = free.isBefore(now) ? now : free;
        Instant after = from.plus(rules.interval());
        Instant allowed = after.minus(rules.interval().multipliedBy(rules.burst()));
        if (allowed.isAfter(now)) {
            return Duration.between(now, allowed);
        }
        nextFree.put(conversation, after);
        return Duration.ZERO;
    }
}
