package dev.chela.channels.access;

/** What becomes of messages that other bots write. */
public enum BotPolicy {
    IGNORE,
    /** Only those that mention us. */
    MENTIONS,
    ALL
}
