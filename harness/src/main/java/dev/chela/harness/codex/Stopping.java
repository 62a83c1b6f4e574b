package dev.chela.harness.codex;

import dev.chela.harness.TurnOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wish that a turn ends: whose it is, how often Codex was told, and how long it may take. */
final class Stopping {

    private static final int INTERRUPTS_MAX = 2;

    /** So many times as long as an interrupt may take, Codex may take to say how things stand. */
    private static final int UNANSWERED = 4;

    private final Duration patience;
    private TurnOutcome.@Nullable Cause cause;
    private @Nullable Instant due;
    private int interrupts;

    /**
     * @param patience how long an interrupt may take
     */
    Stopping(Duration patience) {
        this.patience = patience;
    }

    /** The first wish counts; false if there was one before. */
    boolean wish(TurnOutcome.Cause wanted) {
        if (cause != null) {
            return false;
        }
        cause = wanted;
        return true;
    }

    /** An interrupt goes out. */
    void sent(Instant now) {
        interrupts++;
        due = now.plus(patience);
    }

    /** Codex is being asked meanwhile, which takes longer. */
    void waits(Instant now) {
        if (cause != null) {
            due = now.plus(patience.multipliedBy(UNANSWERED));
        }
    }

    boolean isWished() {
        return cause != null;
    }

    Optional<TurnOutcome.Cause> cause() {
        return Optional.ofNullable(cause);
    }

    /** Whether Codex may be told once more. */
    boolean mayRepeat() {
        return interrupts < INTERRUPTS_MAX;
    }

    boolean isOverdue(Instant now) {
        return due != null && !now.isBefore(due);
    }

    Optional<Instant> due() {
        return Optional.ofNullable(due);
    }
}
