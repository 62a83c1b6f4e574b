package dev.chela.config.edit;

/** Looks around in a JSON5 text: blanks, comments, lines. */
final class Blanks {

    private Blanks() {}

    /** The first character from {@code offset} on that is neither blank nor comment. */
    static int skip(String text, int offset) {
        int at = offset;
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end + 1;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else if (isBlank(text.charAt(at))) {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
    }

    static int lineStart(String text, int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    /** Where the next line begins if only blanks and a line comment follow, else -1. */
    static int lineEndAfterComment(String text, int offset) {
        int at = offset;
        while (at < text.length() && text.charAt(at) != '\n') {
            if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                return end < 0 ? text.length() : end + 1;
            }
            if (!isBlank(text.charAt(at))) {
                return -1;
            }
            at++;
        }
        return at < text.length() ? at + 1 : at;
    }

    /** How many characters the line of {@code offset} is indented. */
    static int indentOf(String text, int offset) {
        int start = lineStart(text, offset);
        int at = start;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at - start;
    }
}
