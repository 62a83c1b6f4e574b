package dev.chela.channels;

import java.time.Instant;

/** A sender changed a message; a system event for the next turn, never a turn of its own. */
public record MessageEdit(
        EventId id,
        Conversation conversation,
        Sender sender,
        Instant at,
        String messageId,
        String text)
        implements ChannelEvent {}
