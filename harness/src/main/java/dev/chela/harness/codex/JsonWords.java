package dev.chela.harness.codex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.List;

/** JSON as people and digests want it. */
final class JsonWords {

    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final int SAMPLE = 5;

    private JsonWords() {}

    /** The same text for the same content, in whatever order its keys came. */
    static String canonical(JsonNode node) {
        try {
            return node.isMissingNode()
                    ? ""
                    : SORTED.writeValueAsString(SORTED.treeToValue(node, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("JSON that was read cannot be written", e);
        }
    }

    /** A text without its quotation marks, anything else as it is. */
    static String plain(JsonNode node) {
        return node.isTextual() ? node.asText() : node.toString();
    }

    /**
     * One line for each value, {@code fileSystem.write: /a, /b … and 7 more}; of a list only the
     * first five are shown, nulls are left out.
     */
    static String sampled(JsonNode node) {
        List<String> lines = new ArrayList<>();
        sample("", node, lines);
        return String.join("\n", lines);
    }

    private static void sample(String path, JsonNode node, List<String> lines) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            one ->
                                    sample(
                                            path.isEmpty()
                                                    ? one.getKey()
                                                    : path + "." + one.getKey(),
                                            one.getValue(),
                                            lines));
        } else if (node.isArray()) {
            List<String> shown = new ArrayList<>();
            for (int at = 0; at < Math.min(SAMPLE, node.size()); at++) {
                shown.add(plain(node.get(at)));
            }
            int more = node.size() - shown.size();
            String rest = more > 0 ? " … and %d more".formatted(more) : "";
            lines.add("%s: %s%s".formatted(path, String.join(", ", shown), rest));
        } else if (!node.isNull() && !node.isMissingNode()) {
            lines.add("%s: %s".formatted(path, plain(node)));
        }
    }
}
