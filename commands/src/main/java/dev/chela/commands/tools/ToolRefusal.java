package dev.chela.commands.tools;

/** A tool cannot do what the model asked; the reason goes to the model. */
final class ToolRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    ToolRefusal(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
