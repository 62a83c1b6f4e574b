package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A call of the tool {@code wipe} of an MCP server that a thread's config names. The imitated
 * server asks about it as the real one does and plays {@link McpKitServer} itself.
 */
final class McpCall {

    private static final String PREFIX = "mcp__";

    private final ImitatedThread thread;
    private final ImitatedTurn turn;
    private final String server;

    McpCall(ImitatedThread thread, ImitatedTurn turn, String server) {
        this.thread = thread;
        this.turn = turn;
        this.server = server;
    }

    /** The configured MCP server that has the called tool. */
    static Optional<String> server(ImitatedThread thread, ModelCall.Function call) {
        return call.namespace()
                .filter(namespace -> namespace.startsWith(PREFIX) && call.name().equals("wipe"))
                .map(namespace -> namespace.substring(PREFIX.length()))
                .filter(name -> thread.config("mcp_servers").has(name));
    }

    String run(ModelCall.Function call, JsonNode arguments) {
        var item =
                Json.object(
                        "type",
                        "mcpToolCall",
                        "id",
                        call.callId(),
                        "server",
                        server,
                        "tool",
                        call.name(),
                        "status",
                        "inProgress",
                        "arguments",
                        arguments,
                        "readOnlyHint",
                        false,
                        "result",
                        null,
                        "error",
                        null,
                        "durationMs",
                        null);
        turn.started(item);
        var ask = thread.ask("mcpServer/elicitation/request", question(call, arguments));
        var answer = Interruptible.await(ask.answer(), turn.interruption());
        if (answer == null) {
            return "aborted by user";
        }
        thread.resolve(ask);
        if (!answer.path("result").path("action").asText().equals("accept")) {
            var error = Json.object("message", "user rejected MCP tool call");
            turn.completed(item.deepCopy().put("status", "failed").set("error", error));
            return "user rejected MCP tool call";
        }
        var text = "wiped " + arguments.path("what").asText();
        var content = Json.array(Json.object("type", "text", "text", text));
        turn.completed(
                item.deepCopy()
                        .put("status", "completed")
                        .set("result", Json.object("content", content)));
        return text;
    }

    private JsonNode question(ModelCall.Function call, JsonNode arguments) {
        var hints = Json.object("readOnlyHint", false, "destructiveHint", true);
        var meta =
                Json.object(
                        "codex_approval_kind",
                        "mcp_tool_call",
                        "persist",
                        Json.array("session", "always"),
                        "tool_name",
                        call.name(),
                        "tool_annotations",
                        hints,
                        "tool_params",
                        arguments);
        return Json.object(
                "threadId", thread.id(),
                "turnId", turn.id(),
                "serverName", server,
                "mode", "form",
                "_meta", meta,
                "message", "Allow the %s MCP server to run tool \"wipe\"?".formatted(server),
                "requestedSchema", Json.parse("{\"type\":\"object\",\"properties\":{}}"));
    }
}
