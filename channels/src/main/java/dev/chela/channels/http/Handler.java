package dev.chela.channels.http;

import java.io.IOException;

/** Answers the calls of one mounted path; runs on the call's own virtual thread. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers one call, exactly once.
     *
     * @throws HttpException to answer with an error status and its message
     * @throws IOException if the peer went away
     */
    void handle(Call call) throws IOException;
}
