package dev.chela.harness.hooks;

/** What somebody who was told of a {@link NativeEvent} wants. */
public sealed interface NativeVerdict {

    /** Nothing; Codex goes on. */
    record NoOpinion() implements NativeVerdict {}

    /** The tool must not run; before a tool, and instead of asking for permission. */
    record Block(String reason) implements NativeVerdict {}

    /** It may run without anybody being asked; only where Codex asks for permission. */
    record Allow() implements NativeVerdict {}

    /** The model is to think again; only where the answer is there. */
    record Revise(String reason) implements NativeVerdict {}

    static NativeVerdict none() {
        return new NoOpinion();
    }
}
