package dev.chela.channels.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
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
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/**
 * Reads a parsed Markdown document into styled text. What chats cannot show is said in words: list
 * markers and table columns become characters, HTML stays visible as it was typed, and an address
 * that may not or cannot be a link is written behind its text.
 */
final class Flattener extends AbstractVisitor {

    private static final Set<String> LINK_SCHEMES = Set.of("http", "https", "tg", "mailto");
    private static final int MAX_LANGUAGE = 24;

    private final StyledText.Builder out = new StyledText.Builder();
    private final Set<String> destinations = new HashSet<>();
    private final int maxUrl;
    private Style style = Style.NONE;
    private String indent = "";

    private Flattener(int maxUrl) {
        this.maxUrl = maxUrl;
    }

    /** The text of {@code document}; addresses longer than {@code maxUrl} are written out. */
    static StyledText flatten(Node document, int maxUrl) {
        Flattener flattener = new Flattener(maxUrl);
        flattener.visitChildren(document);
        return flattener.out.build();
    }

    /** The words of an inline subtree, for a table cell. */
    static String words(Node node, int maxUrl) {
        StyledText cell = flatten(node, maxUrl);
        return PlainText.write(cell.slice(0, cell.length())).replace('\n', ' ');
    }

    @Override
    protected void visitChildren(Node parent) {
        @Nullable Node child = parent.getFirstChild();
        while (child != null) {
            if (child instanceof Block && child.getPrevious() != null) {
                gap(parent);
            }
            child.accept(this);
            child = child.getNext();
        }
    }

    private void gap(Node parent) {
        if (!out.isEmpty()) {
            boolean tight = parent instanceof ListItem || parent instanceof ListBlock;
            out.append(tight ? "\n" + indent : "\n\n" + indent, style.blockOnly());
        }
    }

    private void line() {
        out.append("\n" + indent, style.blockOnly());
    }

    private void styled(Style inner, Node node) {
        Style outer = style;
        style = inner;
        visitChildren(node);
        style = outer;
    }

    private void code(String language, String literal) {
        String text = literal.stripTrailing();
        out.append(text.isEmpty() ? " " : text, style.withPre(language));
    }

    @Override
    public void visit(Paragraph paragraph) {
        visitChildren(paragraph);
    }

    @Override
    public void visit(Heading heading) {
        styled(style.withBold(), heading);
    }

    @Override
    public void visit(BlockQuote quote) {
        styled(style.withQuote(), quote);
    }

    @Override
    public void visit(BulletList list) {
        visitChildren(list);
    }

    @Override
    public void visit(OrderedList list) {
        visitChildren(list);
    }

    @Override
    public void visit(ListItem item) {
        String marker = "• ";
        if (item.getParent() instanceof OrderedList list) {
            Integer first = list.getMarkerStartNumber();
            int number = first == null ? 1 : first;
            for (Node n = item.getPrevious(); n != null; n = n.getPrevious()) {
                number++;
            }
            marker = number + (")".equals(list.getMarkerDelimiter()) ? ") " : ". ");
        }
        out.append(marker, style.blockOnly());
        String outer = indent;
        indent += " ".repeat(marker.length());
        visitChildren(item);
        indent = outer;
    }

    @Override
    public void visit(FencedCodeBlock block) {
        String info = block.getInfo() == null ? "" : block.getInfo().strip();
        String first = info.split("\\s", 2)[0];
        String language = first.replaceAll("[^A-Za-z0-9+#._-]", "");
        if (language.length() > MAX_LANGUAGE || !language.equals(info)) {
            // What the fence cannot carry is still said.
            if (!info.isEmpty()) {
                out.append(info, style.withCode());
                line();
            }
            language = language.length() > MAX_LANGUAGE ? "" : language;
        }
        code(language.toLowerCase(Locale.ROOT), block.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock block) {
        code("", block.getLiteral());
    }

    @Override
    public void visit(ThematicBreak rule) {
        out.append("———", style.blockOnly());
    }

    @Override
    public void visit(HtmlBlock html) {
        out.append(html.getLiteral().stripTrailing(), style);
    }

    @Override
    public void visit(HtmlInline html) {
        out.append(html.getLiteral(), style);
    }

    @Override
    public void visit(Text text) {
        out.append(text.getLiteral(), style);
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        line();
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        line();
    }

    @Override
    public void visit(Code code) {
        out.append(code.getLiteral(), style.withCode());
    }

    @Override
    public void visit(Emphasis emphasis) {
        styled(style.withItalic(), emphasis);
    }

    @Override
    public void visit(StrongEmphasis emphasis) {
        styled(style.withBold(), emphasis);
    }

    @Override
    public void visit(Link link) {
        link(link, link.getDestination(), link.getTitle());
    }

    @Override
    public void visit(Image image) {
        link(image, image.getDestination(), image.getTitle());
    }

    private void link(Node node, String destination, @Nullable String title) {
        destinations.add(destination);
        boolean allowed =
                written(destination) <= maxUrl
                        && style.link() == null
                        && LINK_SCHEMES.contains(scheme(destination));
        if (allowed && node.getFirstChild() != null) {
            styled(style.withLink(destination), node);
        } else if (allowed) {
            out.append(destination, style.withLink(destination));
        } else {
            visitChildren(node);
            if (!destination.isEmpty() && !isOwnLabel(node, destination)) {
                out.append(" (" + destination + ")", style);
            }
        }
        if (title != null && !title.isBlank()) {
            out.append(" (" + title + ")", style);
        }
    }

    /** Whether all that stands there is the address itself. */
    private static boolean isOwnLabel(Node node, String destination) {
        return node.getFirstChild() instanceof Text label
                && label.getNext() == null
                && label.getLiteral().equals(destination);
    }

    /** An upper bound of an address's length once a platform's escapes are in it. */
    private static long written(String address) {
        return address.length()
                + 5 * address.chars().filter(c -> "&<>\"|()".indexOf(c) >= 0).count();
    }

    private static String scheme(String address) {
        int colon = address.indexOf(':');
        return colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    @Override
    public void visit(LinkReferenceDefinition definition) {
        // Used ones are shown where they are used.
        if (!destinations.contains(definition.getDestination())) {
            String title = definition.getTitle();
            out.append(
                    "[%s]: %s%s"
                            .formatted(
                                    definition.getLabel(),
                                    definition.getDestination(),
                                    title == null ? "" : " (" + title + ")"),
                    style);
        }
    }

    @Override
    public void visit(CustomNode node) {
        styled(node instanceof Strikethrough ? style.withStrike() : style, node);
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock table) {
            code("", TableLayout.of(table, maxUrl));
        } else {
            visitChildren(block);
        }
    }
}
