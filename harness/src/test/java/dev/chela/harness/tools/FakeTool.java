package dev.chela.harness.tools;

import dev.chela.harness.AgentTool;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.ToolSpec;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A tool that answers what it is told to and counts its runs. */
final class FakeTool implements AgentTool {

    final AtomicInteger runs = new AtomicInteger();
    private final String name;
    private final String schema;
    Function<ToolCall, ToolResult> behaviour = call -> ToolResult.ok("done");
    Optional<ToolResult> outcome = Optional.empty();
    boolean untouched;

    FakeTool(String name, String schema) {
        this.name = name;
        this.schema = schema;
    }

    FakeTool(String name) {
        this(name, "{\"type\":\"object\",\"properties\":{}}");
    }

    @Override
    public ToolSpec spec() {
        return new ToolSpec(name, "A tool.", schema, false);
    }

    @Override
    public ToolResult call(ToolCall call) {
        runs.incrementAndGet();
        return behaviour.apply(call);
    }

    @Override
    public boolean isUntouched(ToolCall call) {
        return untouched;
    }

    @Override
    public Optional<ToolResult> outcomeOf(ToolCall call) {
        return outcome;
    }
}
