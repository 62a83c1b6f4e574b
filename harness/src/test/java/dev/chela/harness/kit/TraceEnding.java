package dev.chela.harness.kit;

/** How a replayed server goes wrong at its position. */
public enum TraceEnding {
    /** Reads on and answers nothing at all, as a hung process does. */
    DEAF,
    /** Tells nothing more of the turn, which goes on inside, but answers when asked. */
    QUIET_RUNNING,
    /** Tells nothing more of the turn, which completed inside, and answers when asked. */
    QUIET_COMPLETED,
    /** Writes lines that are no messages, and then is quiet as when still running. */
    GARBAGE,
    /** Ends the connection, as a killed process does; the turn is cut. */
    EXIT
}
