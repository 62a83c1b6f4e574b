package dev.chela.channels.web;

import dev.chela.channels.text.Fences;
import java.util.ArrayList;
import java.util.List;

/** Cuts a giant text into messages, at line ends where it can; a cut code block is reopened. */
final class LongText {

    private static final int FENCE_CHARS_MAX = 30;

    private LongText() {}

    static List<String> split(String text, int charsMax) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (rest.length() > charsMax) {
            int cut = cut(rest, charsMax);
            String part = rest.substring(0, cut);
            String fence = openFence(part);
            parts.add(fence.isEmpty() ? part : part.stripTrailing() + "\n" + Fences.marker(fence));
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

    /** One that is too long to be written again counts for none. */
    private static String openFence(String text) {
        String fence = Fences.open(text);
        return fence.length() <= FENCE_CHARS_MAX ? fence : "";
    }
}
