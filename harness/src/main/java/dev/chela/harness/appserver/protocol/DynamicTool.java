package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A tool of ours as {@code thread/start} registers it, in the flat form that every supported server
 * takes.
 *
 * @param name {@code ^[a-zA-Z0-9_-]+$}
 * @param inputSchema JSON Schema of the arguments
 * @param deferLoading found by search instead of listed; needs a namespace
 */
public record DynamicTool(
        String name,
        String description,
        JsonNode inputSchema,
        @Nullable String namespace,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deferLoading) {}
