package dev.chela.channels;

import java.time.Instant;

/** Somebody reacted to a message; a system event for the next turn, never a turn of its own. */
public record Reaction(
        EventId id,
        Conversation conversation,
        Sender sender,
        Instant at,
        String messageId,
        String emoji)
        implements ChannelEvent {}
