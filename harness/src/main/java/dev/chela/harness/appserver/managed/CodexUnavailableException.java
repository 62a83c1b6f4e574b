package dev.chela.harness.appserver.managed;

import org.jspecify.annotations.Nullable;

/** The managed Codex cannot be had; the message says why and how to go on. */
public final class CodexUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CodexUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
