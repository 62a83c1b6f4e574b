package dev.chela.channels.text;

/**
 * How much fits into one message.
 *
 * @param maxChars longest rendered text in UTF-16 units, at least {@link #MIN_CHARS}
 * @param maxLines most lines, {@link Integer#MAX_VALUE} for no bound
 */
public record ChunkLimits(int maxChars, int maxLines, ChunkMode mode) {

    /** Below this the markup around a single word might not fit. */
    public static final int MIN_CHARS = 256;

    static final int MIN_LINES = 4;

    public ChunkLimits {
        if (maxChars < MIN_CHARS) {
            throw new IllegalArgumentException(
                    "a message of %d characters is too short, at least %d are needed"
                            .formatted(maxChars, MIN_CHARS));
        }
        if (maxLines < MIN_LINES) {
            throw new IllegalArgumentException(
                    "a message of %d lines is too short, at least %d are needed"
                            .formatted(maxLines, MIN_LINES));
        }
    }

    /** Bounded by characters only. */
    public static ChunkLimits ofChars(int maxChars) {
        return new ChunkLimits(maxChars, Integer.MAX_VALUE, ChunkMode.LENGTH);
    }

    /** The longest address that may stay behind a link's text; longer ones are written out. */
    int maxUrl() {
        return maxChars / 4;
    }
}
