package dev.chela.channels.access;

/** Whose words around a message the agent may see: earlier talk, quotes, forwarded messages. */
public enum ContextPolicy {
    /** Everybody's. */
    ALL,
    /** Those of people on the list. */
    LISTED,
    /** Those of people on the list, and what a person on it chose to quote or forward. */
    LISTED_OR_QUOTED
}
