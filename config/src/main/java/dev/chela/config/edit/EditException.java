package dev.chela.config.edit;

/** An edit that makes no sense on the config as it is; nothing was written. */
public final class EditException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EditException(String message) {
        super(message);
    }
}
