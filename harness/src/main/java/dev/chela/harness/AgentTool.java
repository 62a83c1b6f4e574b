package dev.chela.harness;

/** A tool that Chela runs for the agent. */
public interface AgentTool {

    ToolSpec spec();

    /**
     * Runs it on a virtual thread of its own; interrupted when its deadline passes. A failure is a
     * result whose text says that it failed: the model sees only the text.
     */
    ToolResult call(ToolCall call);
}
