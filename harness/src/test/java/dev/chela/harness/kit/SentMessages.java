package dev.chela.harness.kit;

import dev.chela.harness.AgentTool;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.ToolSpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A message tool that remembers what it was told to send. */
public final class SentMessages implements AgentTool {

    private final List<String> texts = new CopyOnWriteArrayList<>();

    /** What was sent, oldest first. */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public ToolSpec spec() {
        return new ToolSpec(
                "message",
                "Sends a message.",
                "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}",
                true);
    }

    @Override
    public ToolResult call(ToolCall call) {
        texts.add(String.valueOf(call.arguments().get("text")));
        return new ToolResult(true, "delivered", true);
    }
}
