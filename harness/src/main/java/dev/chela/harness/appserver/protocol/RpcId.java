package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * Names a request within one direction of one connection; a number or a text, and {@code 0} is a
 * number like any other.
 */
public record RpcId(@JsonValue JsonNode value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RpcId {
        if (value instanceof IntNode small) {
            value = LongNode.valueOf(small.longValue());
        }
    }

    public static RpcId of(long number) {
        return new RpcId(LongNode.valueOf(number));
    }

    public static RpcId of(String text) {
        return new RpcId(TextNode.valueOf(text));
    }

    /** Reads an id; empty if {@code node} can be none. */
    public static Optional<RpcId> from(JsonNode node) {
        boolean usable = node.isTextual() || node.isIntegralNumber() && node.canConvertToLong();
        return usable ? Optional.of(new RpcId(node)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value.asText();
    }
}
