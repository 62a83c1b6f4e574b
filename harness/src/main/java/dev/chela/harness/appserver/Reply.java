package dev.chela.harness.appserver;

import dev.chela.harness.appserver.protocol.RpcId;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import java.util.Optional;

/**
 * How one request of the server is answered: once; later answers are ignored. Harmless after the
 * connection closed or the server withdrew the request.
 */
public interface Reply {

    /** The JSON-RPC code for what we do not serve. */
    int NOT_SERVED = -32601;

    /** The server's id of the request; empty where a test made it up. */
    default Optional<RpcId> id() {
        return Optional.empty();
    }

    /** Answers; false if it was answered before or nobody is there any more. */
    boolean answer(ServerAnswer answer);

    /**
     * Answers with an error; the turn goes on without.
     *
     * @param text short; never a secret or a stack trace
     */
    boolean fail(int code, String text);
}
