package dev.chela.harness.appserver;

import org.jspecify.annotations.Nullable;

/** The app-server did not do what was asked. */
public abstract sealed class AppServerException extends RuntimeException
        permits ConnectionClosedException,
                RequestTimedOutException,
                RpcFailedException,
                ProtocolViolationException,
                SignedOutException,
                OutsideWorkspaceException,
                SwitchedOffException,
                UnguardedException {

    private static final long serialVersionUID = 1L;

    private final String text;

    AppServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.text = message;
    }

    /** What was attempted, what was found, and where it helps the next step; never null. */
    @Override
    public String getMessage() {
        return text;
    }
}
