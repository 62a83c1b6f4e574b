package dev.chela.channels.text;

import java.util.List;
import java.util.regex.Pattern;

/** Writes for a terminal: ECMA-48 graphic renditions around the words, and nothing else of it. */
final class TerminalText {

    /** Markdown's character references can bring back what was cleaned away before parsing. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    private static final String RESET = "\u001B[0m";

    private TerminalText() {}

    static String write(List<Span> spans) {
        StringBuilder out = new StringBuilder();
        StringBuilder linked = new StringBuilder();
        for (int i = 0; i < spans.size(); i++) {
            Style style = spans.get(i).style();
            String text = bare(spans.get(i).text());
            String rendition = rendition(style);
            out.append(rendition.isEmpty() ? text : rendition + text + RESET);
            String link = style.link();
            if (link == null) {
                continue;
            }
            linked.append(text);
            boolean ends = i + 1 == spans.size() || !link.equals(spans.get(i + 1).style().link());
            if (ends) {
                if (!PlainText.isSaid(link, linked.toString())) {
                    out.append(" (").append(bare(link)).append(')');
                }
                linked.setLength(0);
            }
        }
        return out.toString();
    }

    private static String bare(String text) {
        return CONTROL.matcher(text).replaceAll("\uFFFD");
    }

    private static String rendition(Style style) {
        StringBuilder parameters = new StringBuilder();
        if (style.pre() != null || style.code()) {
            parameters.append(";36");
        }
        if (style.bold()) {
            parameters.append(";1");
        }
        if (style.quote()) {
            parameters.append(";2");
        }
        if (style.italic()) {
            parameters.append(";3");
        }
        if (style.link() != null) {
            parameters.append(";4");
        }
        if (style.strike()) {
            parameters.append(";9");
        }
        return parameters.isEmpty() ? "" : "\u001B[" + parameters.substring(1) + "m";
    }
}
