package dev.chela.commands;

/** A command could not do its work; the message is for the person: what, why, the next step. */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String notice;

    public CommandException(String notice) {
        super(notice);
        this.notice = notice;
    }

    /** The words for the person. */
    public String notice() {
        return notice;
    }
}
