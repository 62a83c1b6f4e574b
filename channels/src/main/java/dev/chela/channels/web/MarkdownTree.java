package dev.chela.channels.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/**
 * Markdown as a tree of known elements, which the page builds node by node: there is no HTML in
 * between that could carry anything else (docs/adr/0071).
 *
 * <p>An element is {@code ["tag", {attributes}, child…]}, a child an element or a string.
 */
final class MarkdownTree {

    /** Deeper quotes and lists become plain text; a browser's layout has its own limit. */
    private static final int DEPTH_MAX = 32;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Parser PARSER =
            Parser.builder()
                    .extensions(
                            List.of(
                                    TablesExtension.create(),
                                    StrikethroughExtension.create(),
                                    AutolinkExtension.create()))
                    .maxOpenBlockParsers(DEPTH_MAX)
                    .build();

    private MarkdownTree() {}

    /** The top-level elements of {@code markdown}. */
    static ArrayNode of(String markdown) {
        ArrayNode blocks = JSON.arrayNode();
        appendChildren(PARSER.parse(markdown), blocks, 0);
        return blocks;
    }

    static void appendChildren(Node parent, ArrayNode target, int depth) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            append(node, target, depth + 1);
        }
    }

    private static void append(Node node, ArrayNode target, int depth) {
        Element element = depth > DEPTH_MAX * 2 ? Element.text("…") : Element.of(node);
        switch (element) {
            case Element.Text text -> target.add(text.text());
            case Element.Transparent ignored -> appendChildren(node, target, depth);
            case Element.Tag tag -> {
                ArrayNode array = target.addArray();
                array.add(tag.name());
                ObjectNode attributes = array.addObject();
                tag.attributes().forEach(attributes::put);
                tag.text().ifPresentOrElse(array::add, () -> appendChildren(node, array, depth));
            }
        }
    }
}
