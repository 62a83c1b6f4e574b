package dev.chela.config;

/** Which messages of an answer are native replies. */
public enum ReplyToMode {
    OFF,
    FIRST,
    ALL,
    BATCHED
}
