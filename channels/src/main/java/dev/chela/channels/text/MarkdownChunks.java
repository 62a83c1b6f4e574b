package dev.chela.channels.text;

import dev.chela.channels.Chunk;
import dev.chela.channels.OutboundMessage;
import dev.chela.config.ChannelSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages in a platform's Markdown: the reply mark on the first chunk, extras on the last. */
public final class MarkdownChunks {

    private final MarkdownRenderer renderer;

    private MarkdownChunks(MarkdownRenderer renderer) {
        this.renderer = renderer;
    }

    /**
     * As an account wants its messages cut.
     *
     * @param usualChars where nothing is configured
     * @param maxChars the platform's own bound
     */
    public static MarkdownChunks of(
            Markup markup, ChannelSettings settings, int usualChars, int maxChars, int maxLines) {
        int chars = settings.textChunkLimit().orElse(usualChars);
        return new MarkdownChunks(
                new MarkdownRenderer(
                        markup,
                        new ChunkLimits(
                                Math.clamp(chars, ChunkLimits.MIN_CHARS, maxChars),
                                maxLines,
                                switch (settings.chunkMode()) {
                                    case LENGTH -> ChunkMode.LENGTH;
                                    case NEWLINE -> ChunkMode.NEWLINE;
                                })));
    }

    public int maxChars() {
        return renderer.limits().maxChars();
    }

    public List<Chunk> render(OutboundMessage message) {
        List<RenderedText> texts = new ArrayList<>(renderer.render(message.markdown()));
        if (texts.isEmpty() && !message.attachments().isEmpty()) {
            texts.add(new RenderedText("", ""));
        }
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            boolean last = i + 1 == texts.size();
            chunks.add(
                    new Chunk(
                            texts.get(i).markup(),
                            texts.get(i).plain(),
                            last ? message.attachments() : List.of(),
                            last ? message.buttons() : List.of(),
                            i == 0 ? message.replyTo() : Optional.empty(),
                            message.silent()));
        }
        return chunks;
    }
}
