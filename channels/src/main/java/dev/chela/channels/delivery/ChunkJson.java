package dev.chela.channels.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.channels.Button;
import dev.chela.channels.Chunk;
import dev.chela.channels.inbox.AttachmentJson;
import dev.chela.config.state.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a rendered chunk is stored; what is read back is what was written. */
final class ChunkJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ChunkJson() {}

    static String write(Chunk chunk) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("text", chunk.text());
        node.put("plain", chunk.plain());
        node.set("attachments", AttachmentJson.write(chunk.attachments()));
        ArrayNode rows = node.putArray("buttons");
        for (List<Button> row : chunk.buttons()) {
            ArrayNode buttons = rows.addArray();
            for (Button button : row) {
                buttons.addObject()
                        .put("label", button.label())
                        .put("data", button.data())
                        .put("style", button.style().name());
            }
        }
        chunk.replyTo().ifPresent(id -> node.put("replyTo", id));
        node.put("silent", chunk.silent());
        return node.toString();
    }

    static Chunk read(String stored) {
        JsonNode node = parse(stored);
        List<List<Button>> rows = new ArrayList<>();
        for (JsonNode row : node.path("buttons")) {
            List<Button> buttons = new ArrayList<>();
            for (JsonNode button : row) {
                buttons.add(
                        new Button(
                                button.path("label").asText(),
                                button.path("data").asText(),
                                Button.Style.valueOf(button.path("style").asText())));
            }
            rows.add(buttons);
        }
        return new Chunk(
                node.path("text").asText(),
                node.path("plain").asText(),
                AttachmentJson.read(node.path("attachments")),
                rows,
                node.hasNonNull("replyTo")
                        ? Optional.of(node.get("replyTo").asText())
                        : Optional.empty(),
                node.path("silent").asBoolean());
    }

    private static JsonNode parse(String stored) {
        try {
            return MAPPER.readTree(stored);
        } catch (JsonProcessingException broken) {
            throw new DatabaseException("an outbox row holds a broken chunk", broken);
        }
    }
}
