package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The typed cause of an error: on the wire a string or an object with one key.
 *
 * @param kind the string or the key, {@code usageLimitExceeded}
 * @param detail what stands under the key
 */
public record CodexErrorInfo(String kind, @Nullable JsonNode detail) {

    /** Reads either form; anything else is {@code other}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static CodexErrorInfo read(JsonNode node) {
        if (node.isTextual()) {
            return new CodexErrorInfo(node.asText(), null);
        }
        if (node.isObject() && !node.isEmpty()) {
            String kind = node.fieldNames().next();
            return new CodexErrorInfo(kind, node.get(kind));
        }
        return new CodexErrorInfo("other", node);
    }

    /** The status that the model's server answered, where the cause has one. */
    public Optional<Integer> httpStatusCode() {
        return Optional.ofNullable(detail)
                .map(node -> node.get("httpStatusCode"))
                .filter(JsonNode::isInt)
                .map(JsonNode::intValue);
    }
}
