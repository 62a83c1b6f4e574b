package dev.chela.harness;

/** How an answer becomes visible; decided before the turn (sessions-and-routing §10). */
public enum ReplyMode {
    /** The final text is posted. */
    AUTOMATIC,
    /** Only what the agent sends with the {@code message} tool is posted. */
    MESSAGE_TOOL,
    /** The same in a room that is only watched: nobody asked, so nobody waits for an answer. */
    WATCHING
}
