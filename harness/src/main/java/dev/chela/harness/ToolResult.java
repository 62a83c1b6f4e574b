package dev.chela.harness;

/**
 * What a tool answers.
 *
 * @param text at most 16 000 characters reach the model
 * @param delivered whether it put something in front of the person who asked
 */
public record ToolResult(boolean success, String text, boolean delivered) {

    public static ToolResult ok(String text) {
        return new ToolResult(true, text, false);
    }

    public static ToolResult failed(String text) {
        return new ToolResult(false, text, false);
    }
}
