package dev.chela.channels;

import java.util.List;
import java.util.Optional;

/**
 * One platform message, rendered: what a single send call carries. Stored in the outbox as it is,
 * so a retry after a restart sends the same bytes.
 *
 * @param text in the platform's own markup
 * @param plain the same words without markup, for the one resend after a parse error
 */
public record Chunk(
        String text,
        String plain,
        List<Attachment> attachments,
        List<List<Button>> buttons,
        Optional<String> replyTo,
        boolean silent) {

    public Chunk {
        attachments = List.copyOf(attachments);
        buttons = buttons.stream().map(List::copyOf).toList();
    }
}
