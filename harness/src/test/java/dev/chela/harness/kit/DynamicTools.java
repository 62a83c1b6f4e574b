package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The tools that a client registered with a thread, in whichever of the two forms. */
final class DynamicTools {

    private final List<Tool> tools = new ArrayList<>();

    DynamicTools(JsonNode registered) {
        for (var tool : registered) {
            if (tool.path("type").asText().equals("namespace")) {
                var namespace = tool.path("name").asText();
                tool.path("tools").forEach(inner -> tools.add(tool(inner, namespace)));
            } else {
                var namespace = tool.path("namespace");
                tools.add(tool(tool, namespace.isTextual() ? namespace.asText() : null));
            }
        }
    }

    record Tool(
            Optional<String> namespace,
            String name,
            String description,
            JsonNode schema,
            boolean deferred) {}

    private static Tool tool(JsonNode json, String namespace) {
        return new Tool(
                Optional.ofNullable(namespace),
                json.path("name").asText(),
                json.path("description").asText(),
                json.path("inputSchema"),
                json.path("deferLoading").asBoolean());
    }

    /** The tool of exactly this namespace and name. */
    boolean has(Optional<String> namespace, String name) {
        return tools.stream()
                .anyMatch(tool -> tool.name().equals(name) && tool.namespace().equals(namespace));
    }

    /** The tools the model is told of from the beginning. */
    ArrayNode direct() {
        return asModelTools(tools.stream().filter(tool -> !tool.deferred()).toList());
    }

    /** The deferred tools one of whose words is in the query. */
    ArrayNode search(String query) {
        var words = List.of(query.toLowerCase(Locale.ROOT).split("\\W+"));
        return asModelTools(
                tools.stream()
                        .filter(Tool::deferred)
                        .filter(tool -> words.stream().anyMatch(word -> mentions(tool, word)))
                        .limit(8)
                        .toList());
    }

    private static boolean mentions(Tool tool, String word) {
        var text = (tool.name() + " " + tool.description()).toLowerCase(Locale.ROOT);
        return !word.isEmpty() && text.contains(word);
    }

    private static ArrayNode asModelTools(List<Tool> some) {
        var all = Json.array();
        for (var tool : some) {
            var function =
                    Json.object(
                            "type", "function",
                            "name", tool.name(),
                            "description", tool.description(),
                            "parameters", Objects.requireNonNull(tool.schema()));
            if (tool.namespace().isPresent()) {
                all.add(
                        Json.object(
                                "type", "namespace",
                                "name", tool.namespace().get(),
                                "tools", Json.array(function)));
            } else {
                all.add(function);
            }
        }
        return all;
    }
}
