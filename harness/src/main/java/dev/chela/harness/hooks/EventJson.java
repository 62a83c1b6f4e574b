package dev.chela.harness.hooks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.harness.SessionKey;
import java.io.IOException;
import java.util.Optional;

/** Reads what Codex writes to a hook's command. */
final class EventJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EventJson() {}

    /**
     * @param cut whether only the beginning of it was sent on: what stands before the cut counts
     * @throws IOException if it is none, or does not name its tool
     */
    static NativeEvent read(HookKind kind, SessionKey session, byte[] body, boolean cut)
            throws IOException {
        ObjectNode json = cut ? beginning(body) : whole(body);
        NativeEvent.Where where =
                new NativeEvent.Where(
                        session,
                        json.path("session_id").asText(),
                        json.path("turn_id").asText(),
                        json.path("cwd").asText());
        return switch (kind) {
            case PRE_TOOL_USE ->
                    new NativeEvent.PreToolUse(where, tool(json), input(json), call(json));
            case POST_TOOL_USE -> new NativeEvent.PostToolUse(where, tool(json), call(json));
            case PERMISSION_REQUEST ->
                    new NativeEvent.PermissionRequest(where, tool(json), input(json));
            case BEFORE_AGENT_FINALIZE ->
                    new NativeEvent.BeforeAgentFinalize(
                            where,
                            json.path("last_assistant_message").asText(),
                            json.path("stop_hook_active").asBoolean());
        };
    }

    private static ObjectNode whole(byte[] body) throws IOException {
        if (MAPPER.readTree(body) instanceof ObjectNode json) {
            return json;
        }
        throw new IOException("no JSON object");
    }

    /** The plain members before the cut. */
    private static ObjectNode beginning(byte[] body) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        try (JsonParser parser = MAPPER.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    json.put(name, parser.getValueAsString());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            if (json.isEmpty()) {
                throw e;
            }
        }
        return json;
    }

    private static String tool(ObjectNode json) throws IOException {
        String name = json.path("tool_name").asText();
        if (name.isEmpty()) {
            throw new IOException("no tool is named");
        }
        return name;
    }

    private static Optional<JsonNode> input(ObjectNode json) {
        return Optional.ofNullable(json.get("tool_input"));
    }

    private static String call(ObjectNode json) {
        return json.path("tool_use_id").asText();
    }
}
