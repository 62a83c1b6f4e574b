package dev.chela.bot.cli;

/** A command does not do what was asked; the message says why and what to do. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
