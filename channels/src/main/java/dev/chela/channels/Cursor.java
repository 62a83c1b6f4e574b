package dev.chela.channels;

/**
 * How far a source has been read.
 *
 * @param source what is read: {@code updates}, or a conversation's token for catch-up
 * @param position the platform's position, opaque to everyone else
 */
public record Cursor(String channel, String account, String source, String position) {}
