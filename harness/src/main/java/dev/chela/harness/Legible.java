package dev.chela.harness;

import java.util.regex.Pattern;

/** Makes foreign text fit to be shown: no control or invisible characters, no secrets, bounded. */
public final class Legible {

    private static final Pattern ANSI =
            Pattern.compile(
                    "\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|.)?");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}&&[^\n\t]]");
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i)(bearer\\s+|authorization:\\s*(?:basic|bearer)\\s+)[^\\s\"']+"
                            + "|\\bsk-[A-Za-z0-9_-]{8,}"
                            + "|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+"
                            + "|((?:api[_-]?key|token|password|secret)[\"']?"
                            + "\\s*[=:]\\s*[\"']?)[^\\s\"',&]+");

    private Legible() {}

    /** {@code text} on one line, at most {@code maxChars} long; a cut ends in an ellipsis. */
    public static String line(String text, int maxChars) {
        return bounded(clean(text).replaceAll("\\s+", " ").strip(), maxChars);
    }

    /** {@code text} with its line breaks, at most {@code maxChars} long. */
    public static String block(String text, int maxChars) {
        return bounded(clean(text).strip(), maxChars);
    }

    /** One line with everything that looks like a credential replaced by {@code ***}. */
    public static String redacted(String text, int maxChars) {
        return bounded(SECRET.matcher(line(text, 4 * maxChars)).replaceAll("$1$2***"), maxChars);
    }

    /** {@link #redacted} with its line breaks. */
    public static String redactedBlock(String text, int maxChars) {
        String head = text.substring(0, Math.min(text.length(), 4 * maxChars));
        return bounded(SECRET.matcher(block(head, 4 * maxChars)).replaceAll("$1$2***"), maxChars);
    }

    private static String clean(String text) {
        return INVISIBLE.matcher(ANSI.matcher(text).replaceAll("")).replaceAll("");
    }

    private static String bounded(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = maxChars - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
