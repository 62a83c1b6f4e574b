package dev.chela.channels;

import java.util.List;
import java.util.Optional;

/**
 * Words for a person, before any platform's markup or limits.
 *
 * @param markdown CommonMark; hostile until the adapter escaped it
 * @param buttons rows of buttons; shown under the last chunk
 * @param replyTo the platform id of the message this one answers visibly
 * @param silent no sound on the other side
 */
public record OutboundMessage(
        String markdown,
        List<Attachment> attachments,
        List<List<Button>> buttons,
        Optional<String> replyTo,
        boolean silent) {

    public OutboundMessage {
        attachments = List.copyOf(attachments);
        buttons = buttons.stream().map(List::copyOf).toList();
    }

    /** Plain words, no extras. */
    public static OutboundMessage of(String markdown) {
        return new OutboundMessage(markdown, List.of(), List.of(), Optional.empty(), false);
    }

    public OutboundMessage withButtons(List<List<Button>> rows) {
        return new OutboundMessage(markdown, attachments, rows, replyTo, silent);
    }

    public OutboundMessage withAttachments(List<Attachment> files) {
        return new OutboundMessage(markdown, files, buttons, replyTo, silent);
    }

    public OutboundMessage inReplyTo(String messageId) {
        return new OutboundMessage(markdown, attachments, buttons, Optional.of(messageId), silent);
    }
}
