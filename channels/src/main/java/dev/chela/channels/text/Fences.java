package dev.chela.channels.text;

import java.util.regex.Pattern;

/** The lines around code blocks, also in a text that is not whole. */
public final class Fences {

    private static final Pattern FENCE = Pattern.compile("`{3,}[^`]*|~{3,}.*");
    private static final Pattern BEGUN = Pattern.compile("`{1,2}|~{1,2}");

    private Fences() {}

    /** The line that opened the code block still open at the end; empty if none is. */
    public static String open(String text) {
        String open = "";
        for (String line : text.split("\n", -1)) {
            String start = line.strip();
            if (open.isEmpty()) {
                open = FENCE.matcher(start).matches() ? start : "";
            } else if (start.startsWith(marker(open))
                    && start.replace(marker(open).substring(0, 1), "").isEmpty()) {
                open = "";
            }
        }
        return open;
    }

    /** What closes the block that {@code fence} opened. */
    public static String marker(String fence) {
        int end = 0;
        while (end < fence.length() && fence.charAt(end) == fence.charAt(0)) {
            end++;
        }
        return fence.substring(0, end);
    }

    /** {@code text} with its code block closed, if one is open. */
    public static String closed(String text) {
        String open = open(text);
        return open.isEmpty() ? text : text + "\n" + marker(open);
    }

    /**
     * A growing text with {@code mark} at its end: below code that was just closed, and not behind
     * a fence that is not whole or has no code yet, which is left out.
     */
    public static String marked(String text, String mark) {
        String shown = text;
        while (true) {
            int from = shown.lastIndexOf('\n') + 1;
            String last = shown.substring(from).strip();
            String before = shown.substring(0, from);
            boolean fence = FENCE.matcher(last).matches();
            if (!fence && !BEGUN.matcher(last).matches()) {
                return shown + mark;
            }
            if (fence && !open(before).isEmpty() && open(shown).isEmpty()) {
                return shown + "\n" + mark.strip();
            }
            shown = before.stripTrailing();
            if (shown.isEmpty()) {
                return mark.strip();
            }
        }
    }
}
