package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a replayed server knows of its thread: what it has shown, and what it kept to itself. */
final class TraceTruth {

    private final Trace trace;
    private final String home;
    private final Map<String, JsonNode> items = new LinkedHashMap<>();
    private @Nullable JsonNode end;
    private boolean begun;
    private Optional<String> steer = Optional.empty();

    TraceTruth(Trace trace, String home) {
        this.trace = trace;
        this.home = home;
    }

    /** Takes a message that was sent. */
    synchronized void shown(JsonNode message) {
        switch (message.path("method").asText()) {
            case "turn/started" -> begun = true;
            case "item/completed" -> item(message);
            case "turn/completed" -> end = message.at("/params/turn");
            default -> {}
        }
    }

    private void item(JsonNode message) {
        var item = message.at("/params/item");
        items.put(item.path("id").asText(), item);
    }

    /** Everything the recording still had to tell happened, unseen. */
    private void finish() {
        for (var entry : trace.entries()) {
            if (entry.fromServer() && entry.method().equals("item/completed")) {
                items.putIfAbsent(
                        entry.message().at("/params/item/id").asText(),
                        entry.message().at("/params/item"));
            }
            if (entry.fromServer() && entry.method().equals("turn/completed") && end == null) {
                end = entry.message().at("/params/turn");
            }
        }
    }

    /** {@code result} or {@code error} for a request that the recording does not answer. */
    synchronized ObjectNode answer(String method, JsonNode params, boolean completed) {
        if (completed) {
            finish();
        }
        return switch (method) {
            case "initialize" ->
                    result(
                            Json.object(
                                    "userAgent", "chela/0.169.0 (Replay; x86_64) java (chela; 1)",
                                    "codexHome", home,
                                    "platformFamily", "unix",
                                    "platformOs", "linux"));
            case "thread/start", "thread/resume" ->
                    result(Shapes.opened(thread(true), "never", "danger-full-access"));
            case "thread/read" ->
                    result(Json.object("thread", thread(params.path("includeTurns").asBoolean())));
            case "turn/interrupt", "thread/backgroundTerminals/clean" -> result(Json.object());
            default -> fact(method);
        };
    }

    private static ObjectNode fact(String method) {
        try {
            return result(ServerFacts.answer(method));
        } catch (RpcFailure e) {
            return Json.object("error", Json.object("code", e.code(), "message", e.getMessage()));
        }
    }

    private static ObjectNode result(JsonNode result) {
        return Json.object("result", result);
    }

    private ObjectNode thread(boolean withTurns) {
        var running = begun && end == null;
        var status =
                running
                        ? Json.object("type", "active", "activeFlags", Json.array())
                        : Json.object("type", "idle");
        var thread = Shapes.thread(trace.threadId(), home, home, status);
        if (withTurns && begun) {
            thread.withArray("turns").add(turn(running ? "inProgress" : status()));
        }
        return thread;
    }

    private String status() {
        var last = end;
        return last == null ? "interrupted" : last.path("status").asText();
    }

    private ObjectNode turn(String status) {
        var last = end;
        var error = last == null ? null : last.get("error");
        var turn = Shapes.turn(trace.turnId(), status, Json.arrayOf(items.values()), error);
        return turn.put("itemsView", "full");
    }

    /** Whether the turn goes on inside. */
    synchronized boolean isRunning(boolean completed) {
        if (completed) {
            finish();
        }
        return begun && end == null;
    }

    /** Says that a steer was taken, which may be a lie. */
    synchronized ObjectNode steer(JsonNode params, boolean taken) {
        if (!begun) {
            return Json.object(
                    "error", Json.object("code", -32600, "message", "no active turn to steer"));
        }
        if (taken) {
            var id = ImitatedCodex.freshId();
            steer = Optional.of(id);
            var input = params.path("clientUserMessageId").asText();
            items.put(id, Shapes.userMessage(id, input, params.path("input")));
        }
        return result(Json.object("turnId", trace.turnId()));
    }

    /** What the steer it took is called. */
    synchronized Optional<String> steer() {
        return steer;
    }

    /** Gives another server what this one has in memory. */
    synchronized void load(ImitatedCodex after) {
        if (!begun) {
            after.startAs(trace.threadId(), Json.object("cwd", home, "approvalPolicy", "never"));
        }
    }

    /** The end of a turn that was running and is interrupted now; null if none was. */
    synchronized @Nullable ObjectNode interrupted() {
        if (!begun || end != null) {
            return null;
        }
        var turn = Shapes.turn(trace.turnId(), "interrupted", Json.array(), null);
        end = turn;
        return Json.object(
                "method",
                "turn/completed",
                "params",
                Json.object("threadId", trace.threadId(), "turn", turn));
    }

    /** Gives another server what this one had on disk. */
    synchronized void keep(ImitatedCodex after, boolean completed) {
        if (completed) {
            finish();
        }
        var thread = trace.threadId();
        var store = after.store();
        if (!store.read(thread).isEmpty()) {
            return;
        }
        var settings = Json.object("cwd", home, "approvalPolicy", "never");
        store.append(thread, Json.object("event", "settings", "settings", settings));
        if (!begun) {
            return;
        }
        var turn = trace.turnId();
        store.append(thread, Json.object("event", "turn", "turn", turn));
        for (var item : items.values()) {
            store.append(thread, Json.object("event", "item", "turn", turn, "item", item));
        }
        var last = end;
        if (last != null) {
            var error = last.get("error");
            var status = last.path("status");
            store.append(
                    thread,
                    Json.object("event", "end", "turn", turn, "status", status, "error", error));
        }
    }
}
