package dev.chela.channels.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a styled text into messages.
 *
 * <p>A cut is made between characters of the text, never in its markup: each piece is written by
 * itself, so whatever it needs is opened and closed in it. Places are preferred in the order of
 * {@link Break}; a link is kept whole unless it alone is too long.
 */
final class Splitter {

    /** Kinds of places, best first. */
    private enum Break {
        PARAGRAPH,
        NEWLINE,
        SENTENCE,
        WHITESPACE
    }

    private static final String SENTENCE_ENDS = ".!?…。！？:;";

    private final Markup markup;
    private final ChunkLimits limits;

    Splitter(Markup markup, ChunkLimits limits) {
        this.markup = markup;
        this.limits = limits;
    }

    List<RenderedText> split(StyledText text) {
        List<RenderedText> pieces = new ArrayList<>();
        int from = skipBlank(text, 0);
        while (from < text.length()) {
            int cut = cut(text, from);
            int end = trimEnd(text, from, cut);
            if (isVisible(text, from, end)) {
                List<Span> spans = text.slice(from, end);
                pieces.add(new RenderedText(markup.write(spans), PlainText.write(spans)));
            }
            from = skipBlank(text, cut);
        }
        return pieces;
    }

    private int cut(StyledText text, int from) {
        int end = furthest(text, from);
        if (end == text.length()) {
            return end;
        }
        int cut = best(text, from, end);
        while (cut > from + 2 && !fits(text, from, cut)) {
            cut = wholeCharacter(text, from, from + (cut - from) * 3 / 4);
        }
        return cut;
    }

    /** The furthest place at which the message would still fit. */
    private int furthest(StyledText text, int from) {
        int low = from + 1;
        int high = (int) Math.min(text.length(), (long) from + limits.maxChars());
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (fits(text, from, middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private boolean fits(StyledText text, int from, int to) {
        List<Span> spans = text.slice(from, to);
        String written = markup.write(spans);
        return written.length() <= limits.maxChars()
                && lines(written) <= limits.maxLines()
                && PlainText.write(spans).length() <= limits.maxChars();
    }

    private static long lines(String text) {
        return text.chars().filter(c -> c == '\n').count() + 1;
    }

    private int best(StyledText text, int from, int end) {
        int[] found = new int[Break.values().length];
        int half = from + (end - from) / 2;
        for (int i = end; i > from; i--) {
            Break kind = breakAt(text, i);
            if (kind != null && found[kind.ordinal()] == 0 && !insideLink(text, i)) {
                found[kind.ordinal()] = i;
            }
        }
        if (limits.mode() == ChunkMode.NEWLINE && found[Break.PARAGRAPH.ordinal()] > 0) {
            return found[Break.PARAGRAPH.ordinal()];
        }
        int latest = 0;
        for (int place : found) {
            if (place > half) {
                return place;
            }
            latest = Math.max(latest, place);
        }
        return latest > 0 ? latest : hard(text, from, end);
    }

    private static @Nullable Break breakAt(StyledText text, int at) {
        String words = text.text();
        char before = words.charAt(at - 1);
        boolean pre = text.styleAt(at - 1).pre() != null;
        if (before == '\n') {
            boolean empty = at >= 2 && words.charAt(at - 2) == '\n';
            return empty && !pre ? Break.PARAGRAPH : Break.NEWLINE;
        }
        if (Character.isWhitespace(before)) {
            boolean sentence = at >= 2 && SENTENCE_ENDS.indexOf(words.charAt(at - 2)) >= 0;
            return sentence && !pre ? Break.SENTENCE : Break.WHITESPACE;
        }
        return at < words.length() && Character.isWhitespace(words.charAt(at))
                ? Break.WHITESPACE
                : null;
    }

    private static boolean insideLink(StyledText text, int at) {
        String link = text.styleAt(at - 1).link();
        return link != null && at < text.length() && Objects.equals(link, text.styleAt(at).link());
    }

    private static int hard(StyledText text, int from, int end) {
        int cut = end;
        while (cut > from && insideLink(text, cut)) {
            cut--;
        }
        return cut > from ? wholeCharacter(text, from, cut) : wholeCharacter(text, from, end);
    }

    /** Moves a cut to the beginning of the character it is in, as people see characters. */
    private static int wholeCharacter(StyledText text, int from, int cut) {
        String words = text.text();
        if (cut >= words.length()) {
            return words.length();
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(words.substring(from, Math.min(words.length(), cut + 32)));
        int inside = cut - from;
        int whole = characters.isBoundary(inside) ? inside : characters.preceding(inside);
        if (whole > 0) {
            return from + whole;
        }
        return Character.isLowSurrogate(words.charAt(cut)) && cut - 1 > from ? cut - 1 : cut;
    }

    /** Blank characters at the beginning are not shown, but code keeps its indentation. */
    private static int skipBlank(StyledText text, int from) {
        int at = from;
        while (at < text.length()
                && Character.isWhitespace(text.text().charAt(at))
                && text.styleAt(at).pre() == null) {
            at++;
        }
        return at;
    }

    private static int trimEnd(StyledText text, int from, int to) {
        int end = to;
        while (end > from && Character.isWhitespace(text.text().charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Platforms refuse messages without a visible character. */
    private static boolean isVisible(StyledText text, int from, int to) {
        return text.text().substring(from, to).codePoints().anyMatch(Splitter::isVisible);
    }

    private static boolean isVisible(int codePoint) {
        return !Character.isWhitespace(codePoint)
                && !Character.isSpaceChar(codePoint)
                && Character.getType(codePoint) != Character.FORMAT;
    }
}
