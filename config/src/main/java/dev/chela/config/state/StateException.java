package dev.chela.config.state;

import org.jspecify.annotations.Nullable;

/** The state directory cannot be used: not writable, not a directory, or not ours. */
public final class StateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
