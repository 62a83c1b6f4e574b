package dev.chela.channels;

/** What kind of place a conversation is. */
public enum ChatKind {
    DIRECT,
    GROUP,
    CHANNEL
}
