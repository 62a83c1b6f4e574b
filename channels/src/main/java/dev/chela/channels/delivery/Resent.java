package dev.chela.channels.delivery;

/** What became of a wish to send something again. */
public enum Resent {
    /** It is on its way, under an id of its own. */
    AGAIN,
    /** It was sent again before; nothing happened now. */
    ALREADY,
    /** It arrived after all; nothing happened now. */
    ARRIVED,
    /** There is no such message in this conversation, or its words are gone. */
    GONE
}
