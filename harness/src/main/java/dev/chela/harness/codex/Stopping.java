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

    /** So often an interrupt that came too early is sent again without waiting. */
    private static final int EARLY_MAX = 5;

    private final Duration patience;
    private TurnOutcome.@Nullable Cause cause;
    private @Nullable Instant due;
    private int interrupts;
    private int tooEarly;
    private boolean refused;
    private boolean heard;

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
        refused = false;
        heard = false;
    }

    /**
     * Codex knew of no such turn. Observed on 0.169: for a moment after {@code turn/start} was
     * answered the turn cannot be interrupted.
     */
    void refused() {
        if (tooEarly < EARLY_MAX) {
            tooEarly++;
            interrupts--;
            refused = true;
        }
    }

    /** Codex told something of the turn, so it runs. */
    void heard() {
        heard = true;
    }

    /** Whether the last interrupt came too early for a turn that runs. */
    boolean cameTooEarly() {
        return refused && heard;
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
