package dev.chela.harness.codex;

import dev.chela.harness.AgentTool;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.ToolSpec;

/** A tool that is only there. */
record NamedTool(String name) implements AgentTool {

    @Override
    public ToolSpec spec() {
        return new ToolSpec(name, "A tool.", "{\"type\":\"object\",\"properties\":{}}", false);
    }

    @Override
    public ToolResult call(ToolCall call) {
        return ToolResult.ok("done");
    }
}
