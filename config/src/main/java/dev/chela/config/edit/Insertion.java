package dev.chela.config.edit;

import dev.chela.config.json5.Span;
import java.util.List;
import java.util.function.IntFunction;

/** Adds one entry at the end of an object or list, in the style of what is already there. */
record Insertion(String text, Span owner, List<Span> entries) {

    /** Adds what {@code written} gives for the indentation of the new line. */
    String add(IntFunction<String> written) {
        int close = owner.end() - 1;
        String before = withComma(text.substring(0, close));
        int shift = before.length() - close;
        boolean empty = entries.isEmpty();
        boolean closeStandsFirst =
                text.substring(Blanks.lineStart(text, close), close).isBlank()
                        && Blanks.lineStart(text, close) > owner.start();
        if (closeStandsFirst) {
            int lineStart = Blanks.lineStart(text, close) + shift;
            int indent = empty ? ownIndent() + 2 : entryIndent();
            String line = " ".repeat(indent) + written.apply(indent) + ",\n";
            return before.substring(0, lineStart)
                    + line
                    + before.substring(lineStart)
                    + text.substring(close);
        }
        if (empty) {
            int indent = ownIndent() + 2;
            String lines =
                    "\n"
                            + " ".repeat(indent)
                            + written.apply(indent)
                            + ",\n"
                            + " ".repeat(indent - 2);
            return before.stripTrailing() + lines + text.substring(close);
        }
        return before.stripTrailing()
                + " "
                + written.apply(ownIndent())
                + " "
                + text.substring(close);
    }

    private int ownIndent() {
        return Blanks.indentOf(text, owner.start());
    }

    private int entryIndent() {
        Span first = entries.getFirst();
        int lineStart = Blanks.lineStart(text, first.start());
        boolean standsFirst = text.substring(lineStart, first.start()).isBlank();
        return standsFirst ? first.start() - lineStart : ownIndent() + 2;
    }

    /** The text up to the closing bracket, with a comma after the last entry. */
    private String withComma(String before) {
        if (entries.isEmpty()) {
            return before;
        }
        int end = entries.getLast().end();
        boolean there = text.charAt(Blanks.skip(text, end)) == ',';
        return there ? before : before.substring(0, end) + "," + before.substring(end);
    }
}
