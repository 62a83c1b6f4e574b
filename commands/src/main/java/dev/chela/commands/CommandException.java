package dev.chela.commands;

/** A command could not do its work; the message is for the person: what, why, the next step. */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }
}
