package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs what the model called, all calls of one answer at once, and keeps their outputs. */
final class ToolRunner {

    private final ImitatedThread thread;
    private final ImitatedTurn turn;

    ToolRunner(ImitatedThread thread, ImitatedTurn turn) {
        this.thread = thread;
        this.turn = turn;
    }

    /** Returns when every call has its output, or the turn is to stop. */
    void run(List<ModelCall> calls) {
        Executor each = task -> Thread.ofVirtual().name("imitated-tool").start(task);
        var running = new ArrayList<CompletableFuture<String>>();
        for (var call : calls) {
            running.add(CompletableFuture.supplyAsync(() -> output(call), each));
        }
        for (var i = 0; i < calls.size(); i++) {
            var output = untilInterrupted(running.get(i));
            if (output == null) {
                return;
            }
            thread.addHistory(calls.get(i).output(output));
        }
    }

    private String output(ModelCall call) {
        var hooks = new HookRuns(thread, turn);
        var refusal = hooks.before(call);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var output = done(call);
        hooks.after(call, output);
        return output;
    }

    private String done(ModelCall call) {
        return switch (call) {
            case ModelCall.Search search ->
                    new DynamicTools(thread.dynamicTools()).search(search.query()).toString();
            case ModelCall.FreeForm freeForm -> new PatchCall(thread, turn, freeForm).run();
            case ModelCall.Function function -> function(function);
        };
    }

    private String function(ModelCall.Function call) {
        JsonNode arguments;
        try {
            arguments = Json.parse(call.arguments());
        } catch (IllegalArgumentException e) {
            return "failed to parse function arguments: " + e.getMessage();
        }
        if (new DynamicTools(thread.dynamicTools()).has(call.namespace(), call.name())) {
            return dynamic(call, arguments);
        }
        var server = McpCall.server(thread, call);
        if (server.isPresent()) {
            return new McpCall(thread, turn, server.get()).run(call, arguments);
        }
        return switch (call.name()) {
            case "exec_command" -> new CommandCall(thread, turn, call.callId()).run(arguments);
            case "write_stdin" -> CommandCall.poll(thread, turn, arguments);
            case "request_user_input" -> question(call, arguments);
            case "request_permissions" ->
                    new RightsCall(thread, turn, call.callId()).run(arguments);
            default -> "unsupported call: " + call.name();
        };
    }

    private String dynamic(ModelCall.Function call, JsonNode arguments) {
        var namespace = Json.array(call.namespace().orElse(null)).get(0);
        var item = Shapes.toolCall(call.callId(), namespace, call.name(), arguments);
        turn.started(item);
        var ask =
                thread.ask(
                        "item/tool/call",
                        Json.object(
                                "threadId", thread.id(),
                                "turnId", turn.id(),
                                "callId", call.callId(),
                                "namespace", namespace,
                                "tool", call.name(),
                                "arguments", arguments));
        var answer = untilInterrupted(ask.answer());
        if (answer == null) {
            return "aborted by user";
        }
        thread.resolve(ask);
        var result = answer.path("result");
        var valid = result.path("contentItems").isArray() && result.path("success").isBoolean();
        var success = valid && result.path("success").asBoolean();
        turn.completed(
                item.deepCopy()
                        .put("status", success ? "completed" : "failed")
                        .put("success", success)
                        .put("durationMs", 1)
                        .set("contentItems", result.path("contentItems")));
        if (answer.has("error")) {
            return "dynamic tool request failed";
        }
        return valid ? texts(result.path("contentItems")) : "dynamic tool response was invalid";
    }

    private static String texts(JsonNode contentItems) {
        var texts = new ArrayList<String>();
        contentItems.forEach(item -> texts.add(item.path("text").asText()));
        return String.join("\n", texts);
    }

    private String question(ModelCall.Function call, JsonNode arguments) {
        var questions = Json.array();
        for (var question : arguments.path("questions")) {
            ObjectNode asked = question.deepCopy();
            questions.add(asked.put("isOther", true).put("isSecret", false));
        }
        thread.status("active", "waitingOnUserInput");
        var ask =
                thread.ask(
                        "item/tool/requestUserInput",
                        Json.object(
                                "threadId",
                                thread.id(),
                                "turnId",
                                turn.id(),
                                "itemId",
                                call.callId(),
                                "questions",
                                questions,
                                "isBlocking",
                                true,
                                "autoResolutionMs",
                                null));
        var answer = untilInterrupted(ask.answer());
        if (answer == null) {
            return "aborted by user";
        }
        thread.resolve(ask);
        thread.status("active");
        return answer.has("error")
                ? "request_user_input was cancelled before receiving a response"
                : Json.object("answers", answer.path("result").path("answers")).toString();
    }

    private <T> @Nullable T untilInterrupted(CompletableFuture<T> future) {
        return Interruptible.await(future, turn.interruption());
    }
}
