package dev.chela.config.json5;

import java.util.ArrayList;
import java.util.List;

/** A position in a text: looks ahead, skips blanks and comments, knows lines. */
final class Scanner {

    /** What {@link #peek} gives at the end of the text. */
    static final char END = '\uFFFF';

    private final String text;
    private final int[] lineStarts;
    private int offset;

    Scanner(String text) {
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    private static int[] lineStarts(String text) {
        List<Integer> starts = new ArrayList<>();
        starts.add(0);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                starts.add(i + 1);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    int offset() {
        return offset;
    }

    boolean atEnd() {
        return offset >= text.length();
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        int at = offset + ahead;
        return at < text.length() ? text.charAt(at) : END;
    }

    char next() {
        char c = peek();
        offset++;
        return c;
    }

    void back(int to) {
        offset = to;
    }

    boolean tryTake(char expected) {
        if (peek() != expected || atEnd()) {
            return false;
        }
        offset++;
        return true;
    }

    void take(char expected) {
        if (!tryTake(expected)) {
            throw error("expected " + expected + ", found " + found());
        }
    }

    /** What stands here, for an error. */
    String found() {
        return atEnd() ? "the end of the file" : "'" + text.charAt(offset) + "'";
    }

    Json5Exception error(String message) {
        int at = Math.min(offset, text.length());
        int line = lineOf(at);
        return new Json5Exception(message, line, at - lineStarts[line - 1] + 1);
    }

    int lineOf(int at) {
        int low = 0;
        int high = lineStarts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lineStarts[middle] <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low + 1;
    }

    void skipBlank() {
        while (!atEnd()) {
            char c = peek();
            if (c == '/' && peek(1) == '/') {
                skipLine();
            } else if (c == '/' && peek(1) == '*') {
                skipBlock();
            } else if (isBlank(c)) {
                offset++;
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (!atEnd() && !isLineEnd(peek())) {
            offset++;
        }
    }

    private void skipBlock() {
        int close = text.indexOf("*/", offset + 2);
        if (close < 0) {
            throw error("the comment that begins here is not closed");
        }
        offset = close + 2;
    }

    String identifier(String expected) {
        int start = offset;
        if (atEnd() || !isIdentifierStart(peek())) {
            throw error("expected " + expected + ", found " + found());
        }
        while (!atEnd() && isIdentifierPart(peek())) {
            offset++;
        }
        return text.substring(start, offset);
    }

    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }

    private static boolean isBlank(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\u00A0'
                || c == '\uFEFF'
                || isLineEnd(c)
                || Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    private static boolean isIdentifierStart(char c) {
        return c == '$' || c == '_' || Character.isLetter(c) || Character.isSurrogate(c);
    }

    private static boolean isIdentifierPart(char c) {
        return isIdentifierStart(c)
                || Character.isDigit(c)
                || c == '\u200C'
                || c == '\u200D'
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK
                || Character.getType(c) == Character.CONNECTOR_PUNCTUATION;
    }
}
