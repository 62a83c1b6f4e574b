package dev.chela.harness;

/**
 * Why a queued message ended without a turn.
 *
 * @param kind the stored outcome
 * @param notice what its sender is told; empty tells nothing
 */
public record InputEnd(Kind kind, String notice) {

    /** The stored outcomes. */
    public enum Kind {
        STOPPED,
        DROPPED,
        QUEUE_FULL,
        SESSION_RESET,
        SUPERSEDED
    }
}
