package dev.chela.harness.kit;

import dev.chela.harness.AgentTool;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.ToolSpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A tool that remembers its calls and answers as a test says. */
public final class RecordingTool implements AgentTool {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
                    + "\"required\":[\"city\"]}";

    private final ToolSpec spec;
    private final List<ToolCall> calls = new CopyOnWriteArrayList<>();
    private volatile Function<ToolCall, ToolResult> answer = _ -> ToolResult.ok("done");

    public RecordingTool(String name, String description, boolean direct) {
        spec = new ToolSpec(name, description, SCHEMA, direct);
    }

    /** Answers so from now on. */
    public RecordingTool answering(Function<ToolCall, ToolResult> how) {
        answer = how;
        return this;
    }

    /** What it was called with, oldest first. */
    public List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public ToolResult call(ToolCall call) {
        calls.add(call);
        return answer.apply(call);
    }
}
