package dev.chela.harness.scripted;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes an answer as the server-sent events of the Responses API. */
final class SseReplySink implements ReplySink {

    private final HttpExchange exchange;
    private final String responseId;
    private final ArrayNode output = JsonNodeFactory.instance.arrayNode();
    private @Nullable OutputStream stream;

    SseReplySink(HttpExchange exchange, String responseId) {
        this.exchange = exchange;
        this.responseId = responseId;
    }

    @Override
    public void messageBegun(String id, boolean commentary) throws IOException {
        var event = event("response.output_item.added").put("output_index", output.size());
        event.set("item", message(id, commentary, null));
        send(event);
    }

    @Override
    public void delta(String id, String text) throws IOException {
        send(
                event("response.output_text.delta")
                        .put("item_id", id)
                        .put("output_index", output.size())
                        .put("content_index", 0)
                        .put("delta", text));
    }

    @Override
    public void messageEnded(String id, String text, boolean commentary) throws IOException {
        done(message(id, commentary, text));
    }

    @Override
    public void reasoned(String id, String summary) throws IOException {
        var index = output.size();
        var added = event("response.output_item.added").put("output_index", index);
        added.set("item", reasoning(id, null));
        send(added);
        send(
                event("response.reasoning_summary_part.added")
                        .put("item_id", id)
                        .put("output_index", index)
                        .put("summary_index", 0));
        send(
                event("response.reasoning_summary_text.delta")
                        .put("item_id", id)
                        .put("output_index", index)
                        .put("summary_index", 0)
                        .put("delta", summary));
        done(reasoning(id, summary));
    }

    @Override
    public void functionCalled(String callId, ReplyStep.FunctionCalled call) throws IOException {
        var item =
                call("function_call", "fc", callId)
                        .put("name", call.name())
                        .put("arguments", call.arguments());
        call.namespace().ifPresent(space -> item.put("namespace", space));
        done(item);
    }

    @Override
    public void freeFormCalled(String callId, ReplyStep.FreeFormCalled call) throws IOException {
        done(
                call("custom_tool_call", "ctc", callId)
                        .put("name", call.name())
                        .put("input", call.input()));
    }

    @Override
    public void toolsSearched(String callId, String query) throws IOException {
        var item = call("tool_search_call", "tsc", callId).put("execution", "client");
        item.putObject("arguments").put("query", query);
        done(item);
    }

    @Override
    public void waiting() throws IOException {
        write(": waiting\n\n");
    }

    @Override
    public void completed() throws IOException {
        var event = event("response.completed");
        var response = response("completed");
        response.set("output", output);
        var usage = response.putObject("usage");
        usage.put("input_tokens", 100).put("output_tokens", 20).put("total_tokens", 120);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        event.set("response", response);
        send(event);
        started().close();
    }

    @Override
    public void httpFailed(int status, String message) throws IOException {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("type", "scripted").put("message", message);
        JsonAnswer.send(exchange, status, body);
    }

    @Override
    public void responseFailed(String code, String message) throws IOException {
        var event = event("response.failed");
        var response = response("failed");
        response.putObject("error").put("code", code).put("message", message);
        event.set("response", response);
        send(event);
        started().close();
    }

    @Override
    public void cut() throws IOException {
        started().flush();
        // The server drops the connection of a handler that throws, in the middle of a chunk list.
        throw new IOException("the script cuts the stream");
    }

    private void done(ObjectNode item) throws IOException {
        var event = event("response.output_item.done").put("output_index", output.size());
        event.set("item", item);
        output.add(item);
        send(event);
    }

    private void send(ObjectNode event) throws IOException {
        write("event: " + event.path("type").asText() + "\ndata: " + event + "\n\n");
    }

    private void write(String text) throws IOException {
        var out = started();
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    private OutputStream started() throws IOException {
        var open = stream;
        if (open == null) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            exchange.sendResponseHeaders(200, 0);
            open = exchange.getResponseBody();
            stream = open;
            var created = event("response.created");
            created.set("response", response("in_progress"));
            send(created);
        }
        return open;
    }

    private ObjectNode response(String status) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", responseId)
                .put("object", "response")
                .put("status", status);
    }

    private static ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static ObjectNode call(String type, String prefix, String callId) {
        return event(type)
                .put("id", prefix + callId.substring(callId.indexOf('_')))
                .put("call_id", callId)
                .put("status", "completed");
    }

    private static ObjectNode message(String id, boolean commentary, @Nullable String text) {
        var item =
                event("message")
                        .put("id", id)
                        .put("role", "assistant")
                        .put("phase", commentary ? "commentary" : "final_answer");
        var content = item.putArray("content");
        if (text != null) {
            content.addObject().put("type", "output_text").put("text", text);
        }
        return item;
    }

    private static ObjectNode reasoning(String id, @Nullable String summary) {
        var item = event("reasoning").put("id", id);
        var parts = item.putArray("summary");
        if (summary != null) {
            parts.addObject().put("type", "summary_text").put("text", summary);
        }
        return item;
    }
}
