package dev.chela.harness.codex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** The rights that a model asks for, in words for people. */
final class Rights {

    private static final String FILES = "fileSystem";
    private static final String ENTRIES = "entries";

    private Rights() {}

    /**
     * One line for each value, {@code fileSystem.write: /a, /b}. Codex names a folder twice, in a
     * list of its own and as an entry with its access; people read it once.
     */
    static String words(JsonNode permissions) {
        JsonNode shown = permissions.deepCopy();
        if (shown.path(FILES) instanceof ObjectNode files
                && files.path(ENTRIES) instanceof ArrayNode entries
                && isKnown(entries)) {
            entries.forEach(entry -> add(files, entry));
            files.remove(ENTRIES);
        }
        return JsonWords.sampled(shown);
    }

    private static boolean isKnown(ArrayNode entries) {
        for (JsonNode entry : entries) {
            if (!entry.path("access").isTextual() || place(entry).isMissingNode()) {
                return false;
            }
        }
        return true;
    }

    private static void add(ObjectNode files, JsonNode entry) {
        String access = entry.path("access").textValue();
        ArrayNode list =
                files.path(access) instanceof ArrayNode known ? known : files.putArray(access);
        Set<JsonNode> there = new LinkedHashSet<>();
        list.forEach(there::add);
        if (there.add(place(entry))) {
            list.add(place(entry));
        }
    }

    /** A folder, a pattern, or a place that has a name. */
    private static JsonNode place(JsonNode entry) {
        JsonNode path = entry.path("path");
        return switch (path.path("type").asText()) {
            case "path" -> path.path("path");
            case "glob_pattern" -> path.path("pattern");
            case "special" -> path.path("value");
            default -> MissingNode.getInstance();
        };
    }
}
