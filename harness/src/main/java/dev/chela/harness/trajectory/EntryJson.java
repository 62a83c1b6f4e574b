package dev.chela.harness.trajectory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.config.secret.Redaction;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a line of each event. */
final class EntryJson {

    private final JsonFactory json = new ObjectMapper().getFactory();
    private final Blurred blurred;
    private final Limits limits;

    EntryJson(Redaction redaction, Limits limits) {
        this.blurred = new Blurred(redaction, limits);
        this.limits = limits;
    }

    /** The line, or a shorter one that says how long it was. */
    byte[] line(Entry.Whole entry) {
        if (entry.body().isEmpty()) {
            return stub(entry, entry.chars());
        }
        BoundedLine line = written(entry, entry.body().get());
        return line.line().orElseGet(() -> stub(entry, line.bytes()));
    }

    /** A line in place of that of {@code entry}. */
    byte[] stub(Entry.Whole entry, long size) {
        var shortened =
                new Entry.Whole(
                        entry.at(),
                        entry.names(),
                        entry.type(),
                        entry.method(),
                        Optional.empty(),
                        entry.chars());
        return known(
                shortened,
                out -> {
                    out.writeBooleanField("truncated", true);
                    out.writeNumberField("size", size);
                });
    }

    /** One line for pieces of one text that came one after the other. */
    byte[] line(Entry.Piece first, Instant last, int pieces, long chars) {
        var entry =
                new Entry.Whole(
                        first.at(),
                        first.names(),
                        "notification",
                        Optional.of(first.method()),
                        Optional.empty(),
                        0);
        return known(
                entry,
                out -> {
                    out.writeStringField("itemId", blurred.text(first.item()));
                    out.writeNumberField("pieces", pieces);
                    out.writeNumberField("chars", chars);
                    out.writeStringField("until", last.toString());
                });
    }

    /** A line of the writer itself; {@code count} says how many or how much. */
    byte[] own(Place place, Instant at, String type, long count) {
        var entry =
                new Entry.Whole(
                        at,
                        new Entry.Names(place, "", null, null),
                        type,
                        Optional.empty(),
                        Optional.empty(),
                        0);
        return known(entry, out -> out.writeNumberField("count", count));
    }

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    /** A line of known size. */
    private byte[] known(Entry.Whole entry, Fields fields) {
        BoundedLine line = new BoundedLine(Integer.MAX_VALUE);
        write(entry, Optional.empty(), fields, line);
        return line.line().orElseThrow();
    }

    private BoundedLine written(Entry.Whole entry, JsonNode body) {
        BoundedLine line = new BoundedLine(limits.eventBytes());
        write(
                entry,
                Optional.of(body),
                out -> {
                    out.writeFieldName("data");
                    blurred.write(body, out);
                },
                line);
        return line;
    }

    private void write(
            Entry.Whole entry, Optional<JsonNode> body, Fields fields, BoundedLine line) {
        try (JsonGenerator out = json.createGenerator(line)) {
            Entry.Names names = entry.names();
            out.writeStartObject();
            out.writeStringField("at", entry.at().toString());
            out.writeStringField("type", entry.type());
            if (entry.method().isPresent()) {
                out.writeStringField("method", entry.method().get());
            }
            out.writeStringField("session", blurred.text(names.place().session()));
            out.writeStringField("sessionId", names.place().sessionId());
            field("turn", names.turnKey().isEmpty() ? null : names.turnKey(), out);
            field("threadId", said(body, names.thread(), "/threadId"), out);
            field("turnId", said(body, said(body, names.turn(), "/turn/id"), "/turnId"), out);
            fields.write(out);
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }

    /** What the message itself says comes before what its turn knew. */
    private static @Nullable String said(
            Optional<JsonNode> body, @Nullable String otherwise, String pointer) {
        return body.map(node -> node.at(pointer))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .orElse(otherwise);
    }

    private void field(String name, @Nullable String value, JsonGenerator out) throws IOException {
        if (value != null) {
            out.writeStringField(name, blurred.text(value));
        }
    }
}
