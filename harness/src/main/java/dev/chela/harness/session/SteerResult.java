package dev.chela.harness.session;

/** What became of a {@code /steer}. */
public enum SteerResult {
    /** The running turn took it. */
    STEERED,
    /** It became a turn of its own: nothing ran, or what ran did not take it. */
    NEXT_TURN,
    /** It ended without a turn; its sender was told why. */
    ENDED
}
