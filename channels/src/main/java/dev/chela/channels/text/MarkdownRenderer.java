package dev.chela.channels.text;

import java.util.List;
import java.util.Set;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.autolink.AutolinkType;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;

/**
 * Turns Markdown into messages of one platform: parsed as CommonMark with tables, strikethrough and
 * bare links, cut to the limits, escaped. Safe for any thread.
 */
public final class MarkdownRenderer {

    private static final int MAX_BLOCK_NESTING = 24;
    private static final int MAX_INLINE_NESTING = 24;

    private final Parser parser;
    private final Markup markup;
    private final ChunkLimits limits;

    public MarkdownRenderer(Markup markup, ChunkLimits limits) {
        this.markup = markup;
        this.limits = limits;
        this.parser =
                Parser.builder()
                        .extensions(
                                List.of(
                                        TablesExtension.create(),
                                        StrikethroughExtension.create(),
                                        AutolinkExtension.builder()
                                                .linkTypes(
                                                        Set.of(
                                                                AutolinkType.URL,
                                                                AutolinkType.EMAIL))
                                                .build()))
                        .maxOpenBlockParsers(MAX_BLOCK_NESTING)
                        .maxInlineNesting(MAX_INLINE_NESTING)
                        .build();
    }

    public ChunkLimits limits() {
        return limits;
    }

    /** The messages that say {@code markdown}, in order; none if there is nothing to see. */
    public List<RenderedText> render(String markdown) {
        return new Splitter(markup, limits).split(styled(markdown));
    }

    private StyledText styled(String markdown) {
        return Flattener.flatten(parser.parse(Cleaner.clean(markdown)), limits.maxUrl());
    }
}
