package dev.chela.channels.text;

/** Where a text that is too long is preferably cut. */
public enum ChunkMode {
    /** As full as possible, at the best break in the second half of the message. */
    LENGTH,
    /** Between paragraphs wherever one ends, even if the message stays short. */
    NEWLINE
}
