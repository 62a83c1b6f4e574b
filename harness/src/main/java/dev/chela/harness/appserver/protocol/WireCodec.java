package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the wire's JSON into records and back. Thread-safe. */
public final class WireCodec {

    private final Unknowns unknowns = new Unknowns();
    private final ObjectMapper mapper =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .serializationInclusion(JsonInclude.Include.NON_NULL)
                    .addModule(WireModule.of(unknowns))
                    .annotationIntrospector(
                            AnnotationIntrospector.pair(
                                    new RequiredMembers(), new JacksonAnnotationIntrospector()))
                    .addHandler(new CountUnknownEnumValues())
                    .build();

    /** What was not understood so far. */
    public Unknowns unknowns() {
        return unknowns;
    }

    public ObjectMapper mapper() {
        return mapper;
    }

    /**
     * Reads one message.
     *
     * @throws JsonProcessingException if it is no JSON
     */
    public JsonNode parse(String text) throws JsonProcessingException {
        return mapper.readTree(text);
    }

    /** The params of a request, or the result of an answer. */
    public ObjectNode encode(Object message) {
        return mapper.valueToTree(message);
    }

    /**
     * Reads the result of a request.
     *
     * @throws JsonProcessingException if it does not fit the record
     */
    public <R> R decode(Class<R> type, JsonNode result) throws JsonProcessingException {
        return mapper.treeToValue(object(result), type);
    }

    /** Reads a notification; never fails. */
    public ServerNotification notification(String method, JsonNode params) {
        Class<? extends ServerNotification> type = ServerMethods.NOTIFICATIONS.get(method);
        if (type == null) {
            unknowns.saw("notification", method);
            return new ServerNotification.Unknown(method, params);
        }
        try {
            return mapper.treeToValue(object(params), type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            unknowns.saw("notification", method + " (unreadable)");
            return new ServerNotification.Unknown(method, params);
        }
    }

    /**
     * Reads a request of the server; empty if Chela does not serve that method or cannot read it.
     */
    public Optional<ServerRequest> request(String method, JsonNode params) {
        Class<? extends ServerRequest> type = ServerMethods.REQUESTS.get(method);
        if (type == null) {
            unknowns.saw("server request", method);
            return Optional.empty();
        }
        try {
            return Optional.of(mapper.treeToValue(object(params), type));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            unknowns.saw("server request", method + " (unreadable)");
            return Optional.empty();
        }
    }

    /** Left out and null mean an object without members; the mapper would make null of them. */
    private JsonNode object(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? mapper.createObjectNode() : node;
    }

    private final class CountUnknownEnumValues extends DeserializationProblemHandler {

        @Override
        public @Nullable Object handleWeirdStringValue(
                DeserializationContext context, Class<?> type, String value, String failure) {
            if (!type.isEnum()) {
                return NOT_HANDLED;
            }
            unknowns.saw(type.getSimpleName(), value);
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals("UNKNOWN")) {
                    return constant;
                }
            }
            return NOT_HANDLED;
        }
    }
}
