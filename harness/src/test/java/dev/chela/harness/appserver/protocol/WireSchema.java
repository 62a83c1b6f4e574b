package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One generated schema file: makes samples of it and says what does not fit it. */
final class WireSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEPTH_MAX = 9;

    private final JsonNode root;

    WireSchema(JsonNode root) {
        this.root = root;
    }

    /** The schema of {@code params} of a method in a {@code oneOf} of messages. */
    Optional<JsonNode> params(String method) {
        for (JsonNode message : root.path("oneOf")) {
            if (message.at("/properties/method/enum/0").asText().equals(method)) {
                return Optional.of(message.at("/properties/params"));
            }
        }
        return Optional.empty();
    }

    JsonNode root() {
        return root;
    }

    /** The variants of a schema, references followed; itself if it has none. */
    List<JsonNode> variants(JsonNode schema) {
        var found = new ArrayList<JsonNode>();
        JsonNode node = followed(schema);
        for (String word : List.of("oneOf", "anyOf")) {
            for (JsonNode variant : node.path(word)) {
                for (JsonNode inner : variants(variant)) {
                    found.add(merged(node, inner));
                }
            }
        }
        return found.isEmpty() ? List.of(node) : found;
    }

    /** A value with every member ({@code full}) or the required ones only. */
    JsonNode sample(JsonNode schema, boolean full) {
        return sample(schema, full, 0);
    }

    private JsonNode sample(JsonNode schema, boolean full, int depth) {
        JsonNode node = variants(schema).getFirst();
        if (node.has("enum")) {
            return node.at("/enum/0");
        }
        if (node.has("allOf")) {
            return sample(node.at("/allOf/0"), full, depth);
        }
        String type = type(node);
        return switch (type) {
            case "string" -> JSON.textNode("x");
            case "integer" -> JSON.numberNode(7);
            case "number" -> JSON.numberNode(1.5);
            case "boolean" -> JSON.booleanNode(true);
            case "null" -> JSON.nullNode();
            case "array" -> {
                ArrayNode list = JSON.arrayNode();
                if (full && depth < DEPTH_MAX) {
                    list.add(sample(node.path("items"), true, depth + 1));
                }
                yield list;
            }
            default -> object(node, full, depth);
        };
    }

    private ObjectNode object(JsonNode node, boolean full, int depth) {
        ObjectNode object = JSON.objectNode();
        node.path("properties")
                .properties()
                .forEach(
                        property -> {
                            if (required(node, property.getKey()) || full && depth < DEPTH_MAX) {
                                object.set(
                                        property.getKey(),
                                        sample(property.getValue(), full, depth + 1));
                            }
                        });
        JsonNode values = node.path("additionalProperties");
        if (full && values.isObject() && depth < DEPTH_MAX) {
            object.set("key", sample(values, true, depth + 1));
        }
        return object;
    }

    /** Says what in {@code value} the schema does not allow; empty if it fits. */
    List<String> problems(String path, JsonNode value, JsonNode schema) {
        List<String> fewest = null;
        for (JsonNode variant : variants(schema)) {
            List<String> problems = variantProblems(path, value, variant);
            if (problems.isEmpty()) {
                return problems;
            }
            if (fewest == null || problems.size() < fewest.size()) {
                fewest = problems;
            }
        }
        return fewest == null ? List.of() : fewest;
    }

    private List<String> variantProblems(String path, JsonNode value, JsonNode node) {
        var problems = new ArrayList<String>();
        if (node.has("enum")) {
            boolean known = false;
            for (JsonNode allowed : node.path("enum")) {
                known |= allowed.equals(value);
            }
            // "x" is what a sample has where the record leaves the word open.
            if (!known && !value.asText().equals("x")) {
                problems.add(path + ": " + value + " is none of " + node.path("enum"));
            }
            return problems;
        }
        if (node.has("allOf")) {
            return problems(path, value, node.at("/allOf/0"));
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                problems.addAll(problems(path + "[]", element, node.path("items")));
            }
        }
        if (!value.isObject()) {
            if (node.has("type") && !fits(value, node.path("type"))) {
                problems.add(path + ": " + value + " is no " + node.path("type"));
            }
            return problems;
        }
        if (!node.has("properties")) {
            return problems;
        }
        value.properties()
                .forEach(
                        member -> {
                            JsonNode schema = node.path("properties").path(member.getKey());
                            String at = path + "." + member.getKey();
                            if (!schema.isMissingNode()) {
                                problems.addAll(problems(at, member.getValue(), schema));
                            } else {
                                problems.add(at + ": no such member");
                            }
                        });
        for (JsonNode name : node.path("required")) {
            if (!value.has(name.asText())) {
                problems.add(path + "." + name.asText() + ": missing");
            }
        }
        return problems;
    }

    private static boolean fits(JsonNode value, JsonNode types) {
        String name =
                switch (value.getNodeType()) {
                    case STRING -> "string";
                    case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
                    case BOOLEAN -> "boolean";
                    case ARRAY -> "array";
                    case NULL -> "null";
                    default -> "object";
                };
        if (types.isTextual()) {
            return types.asText().equals(name);
        }
        for (JsonNode type : types) {
            if (type.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode followed(JsonNode schema) {
        JsonNode node = schema;
        while (node.has("$ref")) {
            node = root.at(node.path("$ref").asText().substring(1));
        }
        return node;
    }

    /** A variant with the members that its union declares for all of them. */
    private static JsonNode merged(JsonNode union, JsonNode variant) {
        if (!union.has("properties") || !variant.isObject()) {
            return variant;
        }
        ObjectNode both = variant.deepCopy();
        ObjectNode properties = both.withObject("properties");
        union.path("properties")
                .properties()
                .forEach(entry -> properties.putIfAbsent(entry.getKey(), entry.getValue()));
        ArrayNode required = both.withArray("required");
        union.path("required").forEach(required::add);
        return both;
    }

    private static boolean required(JsonNode node, String name) {
        for (JsonNode required : node.path("required")) {
            if (required.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static String type(JsonNode node) {
        JsonNode type = node.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText("object");
    }

    static WireSchema read(java.nio.file.Path file) throws java.io.IOException {
        return new WireSchema(new ObjectMapper().readTree(file.toFile()));
    }
}
