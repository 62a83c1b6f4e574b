package dev.chela.harness.tools;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool in the flat form in which every supported app-server takes it.
 *
 * @param deferLoading whether the model finds it by search instead of in its list
 */
public record OfferedTool(
        String name,
        String description,
        JsonNode inputSchema,
        String namespace,
        boolean deferLoading) {}
