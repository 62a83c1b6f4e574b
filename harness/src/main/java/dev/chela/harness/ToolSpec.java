package dev.chela.harness;

/**
 * What the agent is told of a tool.
 *
 * @param name {@code ^[a-zA-Z0-9_-]+$}
 * @param inputSchema JSON Schema as JSON text; names and types only, nothing that changes per turn
 * @param direct whether it is always in the model's list rather than found by search
 */
public record ToolSpec(String name, String description, String inputSchema, boolean direct) {}
