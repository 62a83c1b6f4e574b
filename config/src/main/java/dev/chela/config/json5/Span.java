package dev.chela.config.json5;

/**
 * Where something stands: offsets into the text of {@code source}, and the line it begins on.
 *
 * @param end exclusive
 * @param line from 1; 0 for what stands in no file
 */
public record Span(String source, int start, int end, int line) {

    /** For values that were not read from a text. */
    public static final Span NOWHERE = new Span("", 0, 0, 0);
}
