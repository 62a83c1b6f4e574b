package dev.chela.channels.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes Telegram's HTML: {@code b i s code pre a blockquote}, nothing else, always balanced.
 * Telegram allows no formatting inside code and no code inside formatting, so code wins.
 */
final class TelegramHtml {

    private record Tag(String open, String close) {}

    private final StringBuilder out = new StringBuilder();
    private final List<Tag> open = new ArrayList<>();

    private TelegramHtml() {}

    static String write(List<Span> spans) {
        TelegramHtml html = new TelegramHtml();
        for (Span span : spans) {
            html.switchTo(tags(span.style()));
            escape(span.text(), html.out);
        }
        html.switchTo(List.of());
        return html.out.toString();
    }

    private void switchTo(List<Tag> wanted) {
        int common = 0;
        while (common < Math.min(open.size(), wanted.size())
                && open.get(common).equals(wanted.get(common))) {
            common++;
        }
        while (open.size() > common) {
            out.append(open.removeLast().close());
        }
        for (Tag tag : wanted.subList(common, wanted.size())) {
            out.append(tag.open());
            open.add(tag);
        }
    }

    private static List<Tag> tags(Style style) {
        List<Tag> tags = new ArrayList<>(4);
        if (style.quote()) {
            tags.add(new Tag("<blockquote>", "</blockquote>"));
        }
        String pre = style.pre();
        if (pre != null) {
            tags.add(
                    pre.isEmpty()
                            ? new Tag("<pre>", "</pre>")
                            : new Tag(
                                    "<pre><code class=\"language-%s\">".formatted(pre),
                                    "</code></pre>"));
            return tags;
        }
        String link = style.link();
        if (link != null) {
            StringBuilder address = new StringBuilder("<a href=\"");
            escape(link, address);
            tags.add(new Tag(address.append("\">").toString(), "</a>"));
        } else if (style.code()) {
            tags.add(new Tag("<code>", "</code>"));
            return tags;
        }
        if (style.bold()) {
            tags.add(new Tag("<b>", "</b>"));
        }
        if (style.italic()) {
            tags.add(new Tag("<i>", "</i>"));
        }
        if (style.strike()) {
            tags.add(new Tag("<s>", "</s>"));
        }
        return tags;
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }
}
