package dev.chela.harness.codex;

import dev.chela.harness.appserver.protocol.TurnStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The word of a server that lived on without us that nothing came of a turn: it counts when it is
 * said twice. Observed on 0.169: for some milliseconds after {@code turn/start} such a server does
 * not know the thread, shows it without a turn, or shows the turn as interrupted.
 */
final class SecondAsking {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private boolean doubted;
    private @Nullable Instant due;

    /** The connection was lost once more. */
    void forget() {
        doubted = false;
        due = null;
    }

    /** Whether Codex is to be asked again before this is believed. */
    boolean doubts(TurnFacts facts, Instant now) {
        if (doubted || !isNothing(facts)) {
            return false;
        }
        doubted = true;
        due = now.plus(PAUSE);
        return true;
    }

    /** When to ask again, while that is to come. */
    Optional<Instant> due() {
        return Optional.ofNullable(due);
    }

    /** Whether the time has come; true once. */
    boolean isDue(Instant now) {
        boolean come = due != null && !now.isBefore(due);
        if (come) {
            due = null;
        }
        return come;
    }

    private static boolean isNothing(TurnFacts facts) {
        return switch (facts) {
            case TurnFacts.NeverTaken() -> true;
            case TurnFacts.Forgotten() -> true;
            case TurnFacts.Ended(var turn) -> turn.status() == TurnStatus.INTERRUPTED;
            case TurnFacts.InProgress _ -> false;
            case TurnFacts.Unreachable _ -> false;
        };
    }
}
