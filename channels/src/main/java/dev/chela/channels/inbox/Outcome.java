package dev.chela.channels.inbox;

import java.util.Locale;

/** What became of an inbound event; no row is closed without one. */
public enum Outcome {
    /** A turn answered it, in words or through the message tool. */
    ANSWERED,
    /** It was a command, and the command answered. */
    COMMAND,
    /** It answered a pending question or approval. */
    ANSWER,
    /** Its sender may not talk to us; only ids and the reason are kept. */
    REFUSED,
    /** Its sender was told a pairing code. */
    PAIRED,
    /** Not for us; the next turn may see it. */
    CONTEXT,
    /** Taken back by {@code /stop}. */
    STOPPED,
    /** Dropped from a full queue, with or without a summary. */
    DROPPED,
    /** Not taken because the queue was full; the sender was told. */
    QUEUE_FULL,
    /** The turn failed and the sender was told why. */
    FAILED_NOTICE,
    /** Whether the turn's effects happened is unknown, and the sender was told. */
    UNCERTAIN_NOTICE,
    /** A newer message took its place. */
    SUPERSEDED,
    /** Nothing was to be done; the detail says why. */
    IGNORED;

    /** As it is stored. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
