package dev.chela.commands;

import java.util.regex.Pattern;

/** Foreign text made safe to stand in a reply: bounded, no invisible characters, no markup. */
public final class Sanitised {

    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\u2028\\u2029]");
    private static final Pattern MARKUP = Pattern.compile("([\\\\`*_~\\[\\]()<>|#!&@])");
    private static final Pattern THREAD_ID = Pattern.compile("[A-Za-z0-9._:-]+");

    private Sanitised() {}

    /** One line of plain words, at most {@code maxChars} long, escaped for Markdown. */
    public static String line(String foreign, int maxChars) {
        return MARKUP.matcher(bare(foreign, maxChars)).replaceAll("\\\\$1");
    }

    /** One line to stand inside a code span. */
    public static String code(String foreign, int maxChars) {
        return "`" + bare(foreign, maxChars).replace('`', '\'') + "`";
    }

    /** A thread id as a copyable command, or as escaped text when it does not look like one. */
    public static String resumeCommand(String threadId) {
        return THREAD_ID.matcher(threadId).matches()
                ? "`/codex resume " + threadId + "`"
                : line(threadId, 100);
    }

    private static String bare(String foreign, int maxChars) {
        String visible = INVISIBLE.matcher(foreign).replaceAll(" ").strip();
        if (visible.length() <= maxChars) {
            return visible;
        }
        int end =
                Character.isHighSurrogate(visible.charAt(maxChars - 2))
                        ? maxChars - 2
                        : maxChars - 1;
        return visible.substring(0, end) + "…";
    }
}
