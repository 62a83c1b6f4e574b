package dev.chela.harness.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Makes the smallest value that fits a JSON Schema, with given words for its strings. */
final class SampleJson {

    private static final int DEPTH_MAX = 16;

    private final String words;

    SampleJson(String words) {
        this.words = words;
    }

    JsonNode of(JsonNode schema) {
        return of(schema, 0);
    }

    private JsonNode of(JsonNode schema, int depth) {
        var nodes = JsonNodeFactory.instance;
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.path("enum").has(0)) {
            return schema.path("enum").get(0);
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> nodes.arrayNode();
            case "integer", "number" ->
                    schema.path("minimum").isNumber() ? schema.get("minimum") : nodes.numberNode(1);
            case "boolean" -> nodes.booleanNode(true);
            case "null" -> nodes.nullNode();
            default -> nodes.textNode(words);
        };
    }

    private JsonNode object(JsonNode schema, int depth) {
        var object = JsonNodeFactory.instance.objectNode();
        if (depth < DEPTH_MAX) {
            for (var name : schema.path("required")) {
                var property = schema.path("properties").path(name.asText());
                object.set(name.asText(), of(property, depth + 1));
            }
        }
        return object;
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            return type.path(0).asText();
        }
        return type.asText(schema.has("properties") ? "object" : "string");
    }
}
