package dev.chela.channels.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes markup made of markers that hug their words, as Discord and Slack have it: markers never
 * touch white space and never span lines, quotes are marked line by line.
 */
final class MarkerWriter {

    /** Between a marker and a word it must not be read together with. */
    private static final char GAP = '\u200B';

    private final Dialect dialect;
    private final StringBuilder out = new StringBuilder();
    private final List<String> open = new ArrayList<>();
    private @Nullable String link;
    private @Nullable String pre;
    private boolean quote;
    private boolean afterMarker;

    MarkerWriter(Dialect dialect) {
        this.dialect = dialect;
    }

    String write(List<Span> spans) {
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            Style style = span.style();
            enter(style);
            if (style.pre() != null) {
                lines(dialect.pre(span.text()));
            } else if (style.link() != null && isBare(spans, i)) {
                raw(dialect.bareLink(span.text()));
            } else {
                inline(span.text(), style);
            }
        }
        enter(Style.NONE);
        return out.toString();
    }

    /** Closes and opens what belongs to whole blocks: code and quotes. */
    private void enter(Style style) {
        if (!Objects.equals(pre, style.pre())) {
            if (pre != null) {
                lines("\n```");
            }
            pre = style.pre();
            quote = style.quote();
            if (pre != null) {
                closeAll();
                if (!atLineStart() && !out.isEmpty()) {
                    lines("\n");
                }
                lines(dialect.fence(pre));
            }
        }
        quote = style.quote();
    }

    private void inline(String text, Style style) {
        int at = 0;
        while (at < text.length()) {
            boolean blank = Character.isWhitespace(text.charAt(at));
            int end = at;
            while (end < text.length() && (blank ? isBlank(text, end) : !breaks(text, end))) {
                end++;
            }
            String part = text.substring(at, end);
            if (blank) {
                closeAll();
                lines(part);
            } else {
                word(part, style);
            }
            at = end;
        }
        closeAll();
    }

    private static boolean isBlank(String text, int at) {
        return Character.isWhitespace(text.charAt(at));
    }

    /** Whether the words end here: at white space that ends a line or the text. */
    private static boolean breaks(String text, int at) {
        int next = at;
        while (next < text.length() && isBlank(text, next) && text.charAt(next) != '\n') {
            next++;
        }
        return next == text.length() || text.charAt(next) == '\n';
    }

    private void word(String part, Style style) {
        boolean lineStart = atLineStart();
        boolean marked = !style.equals(style.blockOnly());
        if ((marked || afterMarker) && touchesWord()) {
            out.append(GAP);
        }
        String address = style.link();
        if (address != null) {
            link = address;
            raw(dialect.linkOpen(address));
        }
        if (style.code()) {
            raw(dialect.code(part));
        } else {
            open(style.bold(), dialect.bold());
            open(style.italic(), dialect.italic());
            open(style.strike(), dialect.strike());
            raw(dialect.escape(part, lineStart));
        }
        closeAll();
        afterMarker = marked;
    }

    private boolean touchesWord() {
        return !out.isEmpty() && !Character.isWhitespace(out.charAt(out.length() - 1));
    }

    private void open(boolean wanted, String marker) {
        if (wanted) {
            raw(marker);
            open.add(marker);
        }
    }

    private void closeAll() {
        while (!open.isEmpty()) {
            out.append(open.removeLast());
        }
        String address = link;
        if (address != null) {
            link = null;
            out.append(dialect.linkClose(address));
        }
    }

    private static boolean isBare(List<Span> spans, int i) {
        Span span = spans.get(i);
        String address = span.style().link();
        return span.text().equals(address);
    }

    private boolean atLineStart() {
        return out.isEmpty() || out.charAt(out.length() - 1) == '\n';
    }

    private void lines(String text) {
        for (int i = 0; i < text.length(); i++) {
            raw(text.substring(i, i + 1));
        }
    }

    private void raw(String text) {
        if (quote && atLineStart() && !text.isEmpty()) {
            out.append("> ");
        }
        out.append(text);
    }
}
