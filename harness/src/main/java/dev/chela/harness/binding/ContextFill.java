package dev.chela.harness.binding;

/**
 * How full the model's window was after the last model call of a thread.
 *
 * @param tokens in the window then
 * @param window its size; 0 while unknown
 */
public record ContextFill(long tokens, long window) {

    /** About what a token is worth (harness §6). */
    public static final int CHARS_A_TOKEN = 4;

    public static ContextFill unknown() {
        return new ContextFill(0, 0);
    }

    /**
     * Whether the next turn would not fit. A window that is half empty always has room, however
     * much is to be kept free of it.
     *
     * @param reserved tokens that must stay free
     * @param next tokens that the turn brings
     */
    public boolean isFullFor(long reserved, long next) {
        return window > 0 && tokens > Math.max(window / 2, window - reserved - next);
    }
}
