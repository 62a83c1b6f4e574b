package dev.chela.harness;

/** What the server said to a steer. */
public enum SteerAnswer {
    /** Passed on; wait for {@link TurnEvent.InputTaken}. */
    PASSED_ON,
    /** The turn cannot be steered now or has ended: run the input as the next turn. */
    NOT_STEERABLE
}
