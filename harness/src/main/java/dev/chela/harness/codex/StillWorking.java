package dev.chela.harness.codex;

import dev.chela.harness.TurnEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells once in a turn that work goes on: whoever waits knows then, and the end comes by itself.
 */
final class StillWorking {

    /** A person who was answered a moment ago need not be told. */
    private static final Duration TOLD_FROM = Duration.ofSeconds(30);

    private final Instant startedAt;
    private boolean told;

    StillWorking(Instant startedAt) {
        this.startedAt = startedAt;
    }

    /** What to tell, if it is time and was not told before. */
    Optional<TurnEvent> word(String lastActivity, Instant now) {
        Duration elapsed = Duration.between(startedAt, now);
        if (told || elapsed.compareTo(TOLD_FROM) < 0) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(new TurnEvent.StillWorking(elapsed, lastActivity));
    }
}
