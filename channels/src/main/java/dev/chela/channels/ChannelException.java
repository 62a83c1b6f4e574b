package dev.chela.channels;

import org.jspecify.annotations.Nullable;

/** A platform did not give what was asked for; the message names what, and the next step. */
public final class ChannelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ChannelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
