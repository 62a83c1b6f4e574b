package dev.chela.harness.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A tool the model may call in this request.
 *
 * @param schema the JSON Schema of its arguments; a missing node for free-form tools
 */
public record OfferedTool(Optional<String> namespace, String name, JsonNode schema) {

    /** {@code namespace.name}, or the name alone. */
    public String qualifiedName() {
        return namespace.map(space -> space + "." + name).orElse(name);
    }
}
