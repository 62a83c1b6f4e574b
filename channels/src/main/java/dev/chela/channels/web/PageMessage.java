package dev.chela.channels.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.channels.Button;
import java.util.List;
import java.util.Locale;

/** A stored message in the page's words. */
final class PageMessage {

    private PageMessage() {}

    static ObjectNode of(StoredMessage message) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", message.id());
        json.put("seq", message.seq());
        json.put("born", message.born());
        json.put("at", message.at().toEpochMilli());
        json.put("from", message.fromBot() ? "bot" : "person");
        if (message.fromBot()) {
            json.set("blocks", MarkdownTree.of(message.markdown()));
        }
        json.put("text", message.markdown());
        json.set("files", files(message.extras().files()));
        json.set("buttons", buttons(message.extras().buttons()));
        json.put("pressed", message.pressed());
        json.put("notice", message.notice());
        json.put("reaction", message.reaction());
        json.put("replyTo", message.extras().replyTo());
        return json;
    }

    static ObjectNode file(StoredFile file) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", file.id());
        json.put("name", file.name());
        json.put("bytes", file.bytes());
        json.put("image", MediaType.isShown(file.mediaType()));
        return json;
    }

    private static ArrayNode files(List<StoredFile> files) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        files.forEach(file -> array.add(file(file)));
        return array;
    }

    private static ArrayNode buttons(List<List<Button>> rows) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (List<Button> row : rows) {
            ArrayNode line = array.addArray();
            for (Button button : row) {
                line.addObject()
                        .put("label", button.label())
                        .put("data", button.data())
                        .put("style", button.style().name().toLowerCase(Locale.ROOT));
            }
        }
        return array;
    }
}
