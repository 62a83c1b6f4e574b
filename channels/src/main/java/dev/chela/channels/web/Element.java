package dev.chela.channels.web;

import java.util.Map;
import java.util.Optional;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;

/** What one Markdown node becomes on the page. */
sealed interface Element {

    /** Words and nothing else. */
    record Text(String text) implements Element {}

    /** Nothing of its own: its children stand in its place. */
    record Transparent() implements Element {}

    /** An element; with words of its own, or with the node's children. */
    record Tag(String name, Map<String, String> attributes, Optional<String> text)
            implements Element {}

    static Element text(String text) {
        return new Text(text);
    }

    /** The element for a node; raw HTML is words like any other. */
    static Element of(Node node) {
        return switch (node) {
            case org.commonmark.node.Text text -> text(text.getLiteral());
            case HtmlInline html -> text(html.getLiteral());
            case SoftLineBreak ignored -> tag("br");
            case HardLineBreak ignored -> tag("br");
            case Code code -> tag("code", code.getLiteral());
            case Emphasis ignored -> tag("em");
            case StrongEmphasis ignored -> tag("strong");
            case Strikethrough ignored -> tag("del");
            case Link link -> link(link.getDestination());
            // A picture from elsewhere would tell its server what the model chose to put in the
            // address, so it is only a link.
            case Image image -> link(image.getDestination());
            default -> block(node);
        };
    }

    private static Element block(Node node) {
        return switch (node) {
            case Paragraph ignored -> isTight(node) ? new Transparent() : tag("p");
            case Heading heading -> tag("h" + heading.getLevel());
            case BlockQuote ignored -> tag("blockquote");
            case BulletList ignored -> tag("ul");
            case OrderedList list -> ordered(list);
            case ListItem ignored -> tag("li");
            case FencedCodeBlock code -> codeBlock(code.getInfo(), code.getLiteral());
            case IndentedCodeBlock code -> codeBlock("", code.getLiteral());
            case HtmlBlock html -> tag("p", html.getLiteral());
            case ThematicBreak ignored -> new Tag("hr", Map.of(), Optional.of(""));
            case TableBlock ignored -> tag("table");
            case TableHead ignored -> tag("thead");
            case TableBody ignored -> tag("tbody");
            case TableRow ignored -> tag("tr");
            case TableCell cell -> cell(cell);
            case LinkReferenceDefinition ignored -> text("");
            default -> new Transparent();
        };
    }

    private static Element link(String destination) {
        return Links.isSafe(destination)
                ? new Tag("a", Map.of("href", destination), Optional.empty())
                : new Transparent();
    }

    private static Element ordered(OrderedList list) {
        Integer start = list.getMarkerStartNumber();
        return new Tag(
                "ol",
                start == null || start == 1 ? Map.of() : Map.of("start", start.toString()),
                Optional.empty());
    }

    private static Element codeBlock(String info, String literal) {
        String language = info.strip().split("\\s+", 2)[0];
        String bounded = language.substring(0, Math.min(language.length(), 24));
        return new Tag("pre", Map.of("language", bounded), Optional.of(literal));
    }

    private static Element cell(TableCell cell) {
        TableCell.Alignment alignment = cell.getAlignment();
        return new Tag(
                cell.isHeader() ? "th" : "td",
                alignment == null
                        ? Map.of()
                        : Map.of("align", alignment.name().toLowerCase(java.util.Locale.ROOT)),
                Optional.empty());
    }

    private static boolean isTight(Node paragraph) {
        Node item = paragraph.getParent();
        return item instanceof ListItem
                && item.getParent() instanceof ListBlock list
                && list.isTight();
    }

    private static Element tag(String name) {
        return new Tag(name, Map.of(), Optional.empty());
    }

    private static Element tag(String name, String text) {
        return new Tag(name, Map.of(), Optional.of(text));
    }
}
