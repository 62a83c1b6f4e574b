package dev.chela.harness.appserver;

/** What a transport receives. */
sealed interface Frame {

    /** One whole message. */
    record Text(String text) implements Frame {}

    /**
     * A message beyond the transport's bound; it was skipped.
     *
     * @param head its first characters, enough to tell what it was
     */
    record Oversized(String head, long bytes) implements Frame {

        static final int HEAD_MAX = 512;
    }

    /**
     * The peer is gone; the last frame.
     *
     * @param reason for people; foreign text already bounded
     */
    record End(String reason) implements Frame {}
}
