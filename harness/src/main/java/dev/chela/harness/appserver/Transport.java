package dev.chela.harness.appserver;

import java.io.IOException;

/** Carries whole messages to and from one app-server. One thread sends, one receives. */
interface Transport extends AutoCloseable {

    /** Where the peer is, for people: {@code stdio}, or an address without secrets. */
    String endpoint();

    /** The longest message that may be sent, in bytes of UTF-8. */
    long bytesMax();

    /**
     * Sends one message; blocks while the peer does not read.
     *
     * @throws IOException if the connection is gone
     */
    void send(String message) throws IOException;

    /**
     * Waits for the next message; {@link Frame.End} is the last one.
     *
     * @throws InterruptedException if the waiting thread is told to stop
     */
    Frame receive() throws InterruptedException;

    /** Ends the connection; {@link #receive} returns {@link Frame.End} soon after. Idempotent. */
    @Override
    void close();
}
