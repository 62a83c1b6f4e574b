package dev.chela.channels.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.channels.Quote;
import dev.chela.config.state.DatabaseException;
import java.util.Optional;

/** Reads and writes the JSON in our columns. */
final class StoredJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StoredJson() {}

    static JsonNode parse(String column, String stored) {
        try {
            return MAPPER.readTree(stored);
        } catch (JsonProcessingException broken) {
            throw new DatabaseException("column " + column + " holds broken JSON", broken);
        }
    }

    static String quote(Quote quote) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("message", quote.messageId());
        node.put("sender", quote.sender());
        node.put("body", quote.body());
        node.put("ours", quote.fromBot());
        quote.senderId().ifPresent(id -> node.put("senderId", id));
        node.put("forwarded", quote.forwarded());
        return node.toString();
    }

    static Quote quote(String stored) {
        JsonNode node = parse("quote", stored);
        return new Quote(
                node.path("message").asText(),
                node.path("sender").asText(),
                node.path("body").asText(),
                node.path("ours").asBoolean(),
                Optional.ofNullable(node.path("senderId").textValue()),
                node.path("forwarded").asBoolean());
    }
}
