package dev.chela.harness.appserver;

import org.jspecify.annotations.Nullable;

/** There is no connection, or it ended before the answer: what was asked may have been done. */
public final class ConnectionClosedException extends AppServerException {

    private static final long serialVersionUID = 1L;

    public ConnectionClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
