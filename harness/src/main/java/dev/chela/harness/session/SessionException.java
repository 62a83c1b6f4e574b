package dev.chela.harness.session;

import org.jspecify.annotations.Nullable;

/** A session could not do what was asked: it is overloaded, shut down, or took too long. */
public final class SessionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SessionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
