package dev.chela.channels.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How patient and how fast we are on one channel.
 *
 * <p>What certainly did not arrive is tried {@code attempts} times in quick succession and then
 * four times more, after 5 s, 25 s, 2 min and 10 min: an outage of minutes costs no answer. After a
 * restart the slow times hold from the first failure on.
 *
 * @param attempts quick attempts, at least 1
 * @param delayMin pause after the first one; it doubles up to {@code delayMax}
 * @param jitter share of a pause that is drawn at random, 0 to 1
 * @param burst how many calls one conversation may see at once
 * @param interval time after which one more is allowed
 */
public record DeliveryRules(
        int attempts,
        Duration delayMin,
        Duration delayMax,
        double jitter,
        int burst,
        Duration interval) {

    private static final List<Duration> SLOW =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(25),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10));

    public DeliveryRules {
        if (attempts < 1 || burst < 1 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException(
                    "attempts %d, burst %d, jitter %s: expected at least 1, at least 1, 0 to 1"
                            .formatted(attempts, burst, jitter));
        }
    }

    /** The pauses that suit a channel; {@code id} is the adapter's name. */
    public static DeliveryRules of(String id) {
        Duration min = Duration.ofMillis(id.equals("telegram") ? 400 : 500);
        Duration interval = id.equals("web") ? Duration.ZERO : Duration.ofSeconds(1);
        return new DeliveryRules(3, min, Duration.ofSeconds(30), 0.1, 5, interval);
    }

    /** The pause after attempt number {@code made} failed; empty to give up. */
    Optional<Duration> pauseAfter(int made, RandomGenerator random) {
        Duration pause;
        if (made < attempts) {
            Duration doubled = delayMin.multipliedBy(1L << Math.min(made - 1, 20));
            pause = doubled.compareTo(delayMax) > 0 ? delayMax : doubled;
        } else if (made - attempts < SLOW.size()) {
            pause = SLOW.get(made - attempts);
        } else {
            return Optional.empty();
        }
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Optional.of(Duration.ofMillis(Math.round(pause.toMillis() * factor)));
    }

    /** The number of attempts that a row counts as having made when the bot starts. */
    int madeBeforeStart(int made) {
        return Math.max(made, attempts - 1);
    }
}
