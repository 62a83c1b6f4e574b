package dev.chela.config.json5;

/** A text is not JSON5; the message says what was expected, {@link #line} where. */
public final class Json5Exception extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    Json5Exception(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    /** From 1, in UTF-16 units. */
    public int column() {
        return column;
    }
}
