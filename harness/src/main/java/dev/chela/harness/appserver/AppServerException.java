package dev.chela.harness.appserver;

import org.jspecify.annotations.Nullable;

/** The app-server did not do what was asked. */
public abstract sealed class AppServerException extends RuntimeException
        permits ConnectionClosedException,
                RequestTimedOutException,
                RpcFailedException,
                ProtocolViolationException {

    private static final long serialVersionUID = 1L;

    AppServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
