package dev.chela.harness.appserver;

import org.jspecify.annotations.Nullable;

/** The peer is not an app-server that Chela can talk to, or its answer cannot be used. */
public final class ProtocolViolationException extends AppServerException {

    private static final long serialVersionUID = 1L;

    public ProtocolViolationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
