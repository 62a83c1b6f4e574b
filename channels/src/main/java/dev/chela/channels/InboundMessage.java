package dev.chela.channels;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message somebody wrote.
 *
 * @param messageId the platform's id of the message, to reply or react to
 * @param text what was typed, with any leading mention of us already stripped; the command body
 * @param mentioned whether the message addresses us: native mention or reply to us
 * @param nativeCommand whether the platform delivered it as a slash command of ours
 */
public record InboundMessage(
        EventId id,
        Conversation conversation,
        Sender sender,
        Instant at,
        String messageId,
        String text,
        boolean mentioned,
        boolean nativeCommand,
        Optional<Quote> quote,
        List<Attachment> attachments)
        implements ChannelEvent {

    public InboundMessage {
        attachments = List.copyOf(attachments);
    }
}
