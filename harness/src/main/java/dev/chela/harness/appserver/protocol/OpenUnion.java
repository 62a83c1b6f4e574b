package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Reads a sealed interface by its {@code type} member; what it does not know, or cannot read,
 * becomes the interface's {@code Unknown}.
 */
final class OpenUnion<T> extends JsonDeserializer<T> {

    private final String kind;
    private final Map<String, Class<? extends T>> types;
    private final BiFunction<String, JsonNode, T> unknown;
    private final Unknowns unknowns;

    OpenUnion(
            String kind,
            Map<String, Class<? extends T>> types,
            BiFunction<String, JsonNode, T> unknown,
            Unknowns unknowns) {
        this.kind = kind;
        this.types = types;
        this.unknown = unknown;
        this.unknowns = unknowns;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode node = context.readTree(parser);
        String type = node.path("type").asText("");
        Class<? extends T> known = types.get(type);
        if (known == null) {
            unknowns.saw(kind, type);
            return unknown.apply(type, node);
        }
        try {
            return context.readTreeAsValue(node, known);
        } catch (JsonProcessingException e) {
            unknowns.saw(kind, type + " (unreadable)");
            return unknown.apply(type, node);
        }
    }
}
