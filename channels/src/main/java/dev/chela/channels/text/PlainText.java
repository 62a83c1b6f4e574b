package dev.chela.channels.text;

import java.util.List;
import java.util.Objects;

/** Writes words alone; an address that the words do not show follows in parentheses. */
final class PlainText {

    private PlainText() {}

    static String write(List<Span> spans) {
        StringBuilder out = new StringBuilder();
        int linkStart = 0;
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            String link = span.style().link();
            boolean begins = i == 0 || !Objects.equals(link, spans.get(i - 1).style().link());
            boolean ends =
                    i + 1 == spans.size() || !Objects.equals(link, spans.get(i + 1).style().link());
            if (begins) {
                linkStart = out.length();
            }
            out.append(span.text());
            if (link != null && ends && !isSaid(link, out.substring(linkStart))) {
                out.append(" (").append(link).append(')');
            }
        }
        return out.toString();
    }

    /** Whether {@code words} show the address already. */
    static boolean isSaid(String link, String words) {
        return link.equals(words) || link.equals("mailto:" + words);
    }
}
