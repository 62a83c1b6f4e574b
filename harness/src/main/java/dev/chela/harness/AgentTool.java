package dev.chela.harness;

import java.util.Optional;

/** A tool that Chela runs for the agent. */
public interface AgentTool {

    ToolSpec spec();

    /**
     * Runs it on a virtual thread of its own; interrupted when its deadline passes. A failure is a
     * result whose text says that it failed: the model sees only the text.
     */
    ToolResult call(ToolCall call);

    /**
     * Whether a call that an earlier process began provably had no effect yet; then it is run as if
     * it had just come.
     */
    default boolean isUntouched(ToolCall call) {
        return false;
    }

    /**
     * What became of a call that an earlier process began and did not finish. Empty means that
     * nobody can tell: the agent is then told that the effect may have happened.
     */
    default Optional<ToolResult> outcomeOf(ToolCall call) {
        return Optional.empty();
    }
}
