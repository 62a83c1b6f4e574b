package dev.chela.channels;

import java.time.Instant;

/**
 * A press of a button we posted.
 *
 * @param messageId the message that carries the button
 * @param data the button's {@link Button#data()}
 */
public record ButtonPress(
        EventId id,
        Conversation conversation,
        Sender sender,
        Instant at,
        String messageId,
        String data)
        implements ChannelEvent {}
