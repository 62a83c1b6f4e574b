package dev.chela.channels.web;

import java.util.ArrayList;
import java.util.List;

/** Cuts a giant text into messages, at line ends where it can; a cut code block is reopened. */
final class LongText {

    private LongText() {}

    static List<String> split(String text, int charsMax) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (rest.length() > charsMax) {
            int cut = cut(rest, charsMax);
            String part = rest.substring(0, cut);
            String fence = openFence(part);
            parts.add(fence.isEmpty() ? part : part.stripTrailing() + "\n" + marker(fence));
            String next = rest.substring(cut);
            rest = fence.isEmpty() ? next.stripLeading() : fence + "\n" + next;
        }
        parts.add(rest);
        return parts;
    }

    private static int cut(String text, int charsMax) {
        int room = charsMax - 40;
        int line = text.lastIndexOf('\n', room);
        int cut = line > room / 2 ? line + 1 : room;
        return Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut;
    }

    /** The line that opened the code block still open at the end; empty if none is. */
    private static String openFence(String text) {
        String open = "";
        for (String line : text.split("\n", -1)) {
            String start = line.strip();
            if (open.isEmpty()) {
                open = isFence(start) && start.length() <= 30 ? start : "";
            } else if (start.startsWith(marker(open))
                    && start.replace(marker(open), "").isBlank()) {
                open = "";
            }
        }
        return open;
    }

    private static boolean isFence(String line) {
        return line.startsWith("```") || line.startsWith("~~~");
    }

    private static String marker(String fence) {
        int end = 0;
        while (end < fence.length() && fence.charAt(end) == fence.charAt(0)) {
            end++;
        }
        return fence.substring(0, end);
    }
}
