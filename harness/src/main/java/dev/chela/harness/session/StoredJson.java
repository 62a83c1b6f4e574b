package dev.chela.harness.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.harness.Renewal;
import dev.chela.harness.Source;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.binding.PastTalk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON inside our own columns. It was written here, so what cannot be read is a fault. */
final class StoredJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

    private StoredJson() {}

    static String ofFacts(Map<String, String> facts) {
        return text(new TreeMap<>(facts));
    }

    static Map<String, String> facts(String json) {
        try {
            return JSON.readValue(json, FACTS);
        } catch (JsonProcessingException e) {
            throw unreadable("facts", e);
        }
    }

    static String ofSource(Source source) {
        ObjectNode node = JSON.createObjectNode();
        node.put("token", source.token());
        node.put("kind", source.kind().name());
        node.put("channel", source.channel());
        node.put("askerId", source.askerId());
        node.put("askerName", source.askerName());
        node.put("owner", source.owner());
        return text(node);
    }

    static Source source(String json) {
        JsonNode node = tree("source", json);
        return new Source(
                node.path("token").asText(),
                Source.Kind.valueOf(node.path("kind").asText()),
                node.path("channel").asText(),
                node.path("askerId").asText(),
                node.path("askerName").asText(),
                node.path("owner").asBoolean());
    }

    static String ofRenewal(Renewal renewal) {
        ObjectNode node = JSON.createObjectNode();
        node.put("reason", renewal.reason().name());
        node.put("archivedId", renewal.archivedId());
        return text(node);
    }

    static Renewal renewal(String json) {
        JsonNode node = tree("renewal", json);
        return new Renewal(
                Renewal.Reason.valueOf(node.path("reason").asText()),
                node.path("archivedId").asText());
    }

    static String ofOutcome(TurnOutcome outcome) {
        ObjectNode node = JSON.createObjectNode();
        switch (outcome) {
            case TurnOutcome.Completed completed -> {
                node.put("end", "completed");
                completed.text().ifPresent(text -> node.put("text", text));
                node.put("messageToolUsed", completed.messageToolUsed());
                ArrayNode media = node.putArray("media");
                completed.media().forEach(file -> media.add(file.toString()));
                completed.notice().ifPresent(line -> node.put("notice", line));
            }
            case TurnOutcome.Interrupted interrupted -> {
                node.put("end", "interrupted");
                node.put("cause", interrupted.cause().name());
                interrupted.partialText().ifPresent(text -> node.put("text", text));
                interrupted.notice().ifPresent(line -> node.put("notice", line));
            }
            case TurnOutcome.Failed failed -> {
                node.put("end", "failed");
                node.put("kind", failed.kind().name());
                node.put("notice", failed.notice());
            }
            case TurnOutcome.Uncertain uncertain -> {
                node.put("end", "uncertain");
                node.put("cause", uncertain.cause().name());
                node.put("notice", uncertain.notice());
            }
        }
        return text(node);
    }

    static TurnOutcome outcome(String json) {
        JsonNode node = tree("outcome", json);
        Optional<String> text = Optional.ofNullable(node.path("text").textValue());
        String notice = node.path("notice").asText();
        return switch (node.path("end").asText()) {
            case "completed" ->
                    new TurnOutcome.Completed(
                            text,
                            node.path("messageToolUsed").asBoolean(),
                            media(node),
                            Optional.ofNullable(node.path("notice").textValue()));
            case "interrupted" ->
                    new TurnOutcome.Interrupted(
                            TurnOutcome.Cause.valueOf(node.path("cause").asText()),
                            text,
                            Optional.ofNullable(node.path("notice").textValue()));
            case "failed" ->
                    new TurnOutcome.Failed(
                            TurnOutcome.Failure.valueOf(node.path("kind").asText()), notice);
            case "uncertain" ->
                    new TurnOutcome.Uncertain(
                            TurnOutcome.Cause.valueOf(node.path("cause").asText("PROCESS_EXIT")),
                            notice);
            default -> throw new IllegalStateException("stored outcome is of no known kind");
        };
    }

    static String ofQueue(QueueOverride queue) {
        ObjectNode node = JSON.createObjectNode();
        queue.mode().ifPresent(mode -> node.put("mode", mode.name()));
        queue.debounce().ifPresent(debounce -> node.put("debounceMs", debounce.toMillis()));
        queue.cap().ifPresent(cap -> node.put("cap", cap));
        queue.drop().ifPresent(drop -> node.put("drop", drop.name()));
        return text(node);
    }

    static QueueOverride queue(@Nullable String json) {
        if (json == null) {
            return QueueOverride.none();
        }
        JsonNode node = tree("queue", json);
        return new QueueOverride(
                Optional.ofNullable(node.path("mode").textValue()).map(QueueMode::valueOf),
                node.has("debounceMs")
                        ? Optional.of(Duration.ofMillis(node.path("debounceMs").asLong()))
                        : Optional.empty(),
                node.has("cap") ? Optional.of(node.path("cap").asInt()) : Optional.empty(),
                Optional.ofNullable(node.path("drop").textValue()).map(QueueConfig.Drop::valueOf));
    }

    /** {@code first}'s entries, then those of the JSON object {@code json}, as one object. */
    static String merged(Map<String, ?> first, String json) {
        ObjectNode node = JSON.createObjectNode();
        first.forEach((name, value) -> node.set(name, JSON.valueToTree(value)));
        tree("entry", json)
                .properties()
                .forEach(entry -> node.set(entry.getKey(), entry.getValue()));
        return text(node);
    }

    /** Who said what, out of the body of a transcript's message. */
    static PastTalk.Said said(String json) {
        JsonNode message = tree("entry", json).path("message");
        String role = message.path("role").asText();
        String name = message.path("provenance").path("senderName").asText("");
        return new PastTalk.Said(name.isBlank() ? role : name, message.path("text").asText());
    }

    /** A JSON object of one line; keys in the map's order. */
    static String line(Map<String, ?> entries) {
        ObjectNode node = JSON.createObjectNode();
        entries.forEach((name, value) -> node.set(name, JSON.valueToTree(value)));
        return text(node);
    }

    private static List<Path> media(JsonNode node) {
        List<Path> files = new ArrayList<>();
        node.path("media").forEach(file -> files.add(Path.of(file.asText())));
        return files;
    }

    private static JsonNode tree(String what, String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw unreadable(what, e);
        }
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON of " + value.getClass(), e);
        }
    }

    private static IllegalStateException unreadable(String what, JsonProcessingException cause) {
        return new IllegalStateException("stored " + what + " is not the JSON we wrote", cause);
    }
}
