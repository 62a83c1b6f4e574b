package dev.chela.harness.appserver;

import org.jspecify.annotations.Nullable;

/** There is no connection, or it ended before the answer: what was asked may have been done. */
public final class ConnectionClosedException extends AppServerException {

    private static final long serialVersionUID = 1L;

    private final boolean wasConnected;

    public ConnectionClosedException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private ConnectionClosedException(
            String message, @Nullable Throwable cause, boolean wasConnected) {
        super(message, cause);
        this.wasConnected = wasConnected;
    }

    /** A connection that was there ended. */
    static ConnectionClosedException lost(String message, @Nullable Throwable cause) {
        return new ConnectionClosedException(message, cause, true);
    }

    /** Whether there was a connection, which ended; asking for a new one may help. */
    public boolean wasConnected() {
        return wasConnected;
    }
}
