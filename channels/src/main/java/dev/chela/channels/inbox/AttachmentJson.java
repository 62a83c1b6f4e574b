package dev.chela.channels.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.channels.Attachment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How attachments are stored, in the inbox and in the outbox alike. */
public final class AttachmentJson {

    private AttachmentJson() {}

    public static ArrayNode write(List<Attachment> attachments) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Attachment attachment : attachments) {
            ObjectNode one = all.addObject();
            one.put("name", attachment.name());
            one.put("type", attachment.mediaType());
            one.put("bytes", attachment.bytes());
            attachment.handle().ifPresent(handle -> one.put("handle", handle));
            attachment.file().ifPresent(file -> one.put("file", file.toString()));
        }
        return all;
    }

    public static List<Attachment> read(JsonNode stored) {
        List<Attachment> attachments = new ArrayList<>();
        for (JsonNode one : stored) {
            attachments.add(
                    new Attachment(
                            one.path("name").asText(),
                            one.path("type").asText(),
                            one.path("bytes").asLong(-1),
                            optional(one, "handle"),
                            optional(one, "file").map(Path::of)));
        }
        return attachments;
    }

    private static Optional<String> optional(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }
}
