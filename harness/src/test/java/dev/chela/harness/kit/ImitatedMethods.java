package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What a client may ask the imitated server. */
final class ImitatedMethods {

    private final ImitatedCodex codex;
    private final ImitatedConnection connection;
    private final List<Runnable> afterReply = new ArrayList<>();

    ImitatedMethods(ImitatedCodex codex, ImitatedConnection connection) {
        this.codex = codex;
        this.connection = connection;
    }

    /** Runs what must come after the reply that was just sent. */
    void afterReply() {
        var now = List.copyOf(afterReply);
        afterReply.clear();
        now.forEach(Runnable::run);
    }

    JsonNode initialize(JsonNode params) {
        var name = params.path("clientInfo").path("name").asText("client");
        return Json.object(
                "userAgent",
                name + "/" + ImitatedCodex.VERSION + " (Imitation; x86_64) java (" + name + ")",
                "codexHome",
                codex.home().toString(),
                "platformFamily",
                "unix",
                "platformOs",
                "linux");
    }

    JsonNode call(String method, JsonNode params) throws RpcFailure {
        if (codex.isUnknown(method)) {
            throw RpcFailure.invalid("Invalid request: unknown variant `" + method + "`");
        }
        var fixed = codex.fixed(method);
        return fixed == null ? done(method, params) : fixed;
    }

    private JsonNode done(String method, JsonNode params) throws RpcFailure {
        return switch (method) {
            case "thread/start" -> start(params);
            case "thread/resume" -> resume(params);
            case "thread/fork" -> fork(params);
            case "thread/read" -> read(params);
            case "thread/list" -> list();
            case "thread/loaded/list" -> Json.object("data", codex.loadedIds(), "nextCursor", null);
            case "thread/name/set" -> {
                loaded(params).change(params, "name");
                yield Json.object();
            }
            case "thread/archive" -> {
                codex.find(id(params));
                codex.unload(id(params));
                yield Json.object();
            }
            case "thread/unsubscribe" -> {
                var thread = codex.loaded(id(params));
                yield Json.object(
                        "status",
                        thread == null
                                ? "notLoaded"
                                : thread.unsubscribe(connection)
                                        ? "unsubscribed"
                                        : "notSubscribed");
            }
            case "thread/delete" -> {
                codex.unload(id(params));
                codex.store().delete(id(params));
                yield Json.object();
            }
            case "thread/inject_items" -> {
                params.path("items").forEach(loaded(params)::addHistory);
                yield Json.object();
            }
            case "thread/compact/start" -> compact(loaded(params));
            case "thread/backgroundTerminals/clean" -> {
                loaded(params).cleanShells();
                yield Json.object();
            }
            case "review/start" -> review(params);
            case "turn/start" -> startTurn(params);
            case "turn/steer" -> steer(params);
            case "turn/interrupt" -> interrupt(params);
            default -> ServerFacts.answer(method);
        };
    }

    private JsonNode start(JsonNode params) {
        var thread = codex.start(params);
        thread.subscribe(connection);
        var json = thread.json(false);
        afterReply.add(() -> codex.broadcast("thread/started", Json.object("thread", json)));
        return Shapes.opened(json, thread.policy(), thread.sandbox());
    }

    private JsonNode resume(JsonNode params) throws RpcFailure {
        var fresh = codex.loaded(id(params)) == null;
        var thread = codex.load(id(params));
        if (fresh) {
            thread.hook(params);
        }
        afterReply.add(() -> thread.subscribe(connection));
        var json = thread.json(!params.path("excludeTurns").asBoolean());
        return Shapes.opened(json, thread.policy(), thread.sandbox());
    }

    /** A copy with all that was said; config is not copied, tools of the client are. */
    private JsonNode fork(JsonNode params) throws RpcFailure {
        codex.find(id(params));
        var copy = codex.start(params);
        codex.store().read(id(params)).forEach(copy::take);
        copy.subscribe(connection);
        return Shapes.opened(copy.json(false), copy.policy(), copy.sandbox());
    }

    private JsonNode read(JsonNode params) throws RpcFailure {
        var thread = codex.find(id(params));
        var withTurns = params.path("includeTurns").asBoolean();
        if (withTurns && !thread.hasTurns()) {
            throw new RpcFailure(-32601, "list_turns is not supported yet");
        }
        return Json.object("thread", thread.json(withTurns), "readState", null);
    }

    private ObjectNode list() throws RpcFailure {
        var all = Json.array();
        for (var id : codex.store().threads().reversed()) {
            var kept = codex.store().read(id);
            if (kept.stream().anyMatch(event -> event.path("event").asText().equals("turn"))) {
                all.add(codex.find(id).json(false));
            }
        }
        return Json.object("data", all, "nextCursor", null, "backwardsCursor", null);
    }

    private JsonNode startTurn(JsonNode params) throws RpcFailure {
        var thread = loaded(params);
        thread.change(params, "model", "approvalPolicy", "sandboxPolicy", "cwd");
        var turn = new ImitatedTurn(thread, input(params));
        var joined = thread.runOrJoin(turn);
        if (joined.isReview()) {
            throw new RpcFailure(
                    -32603,
                    "failed to submit turn input: ActiveTurnNotSteerable { turn_kind: Review }");
        }
        if (joined != turn) {
            joined.steer(input(params));
        } else {
            afterReply.add(() -> Thread.ofVirtual().name("imitated-turn").start(turn::run));
        }
        var json = Shapes.turn(joined.id(), "inProgress", Json.array(), null);
        return Json.object("turn", json);
    }

    private JsonNode review(JsonNode params) throws RpcFailure {
        var thread = loaded(params);
        var target = params.path("target");
        var about = target.path("instructions").asText("current changes");
        var words = Json.array(Json.object("type", "text", "text", about));
        var turn =
                new ImitatedTurn(
                        thread, new ImitatedTurn.Input(null, words), new ImitatedReview(about));
        if (thread.runOrJoin(turn) != turn) {
            throw RpcFailure.invalid("the imitated server reviews idle threads only");
        }
        afterReply.add(() -> Thread.ofVirtual().name("imitated-review").start(turn::run));
        return Json.object(
                "turn",
                Shapes.turn(turn.id(), "inProgress", Json.array(), null),
                "reviewThreadId",
                thread.id());
    }

    private JsonNode steer(JsonNode params) throws RpcFailure {
        var turn = loaded(params).running();
        if (turn == null) {
            throw RpcFailure.invalid("no active turn to steer");
        }
        if (turn.isReview()) {
            var kind = Json.object("turnKind", "review");
            var info = Json.object("activeTurnNotSteerable", kind);
            throw new RpcFailure(
                    -32600, "cannot steer a review turn", Json.object("codexErrorInfo", info));
        }
        checkTurn(turn.id(), params.path("expectedTurnId").asText());
        turn.steer(input(params));
        return Json.object("turnId", turn.id());
    }

    private JsonNode interrupt(JsonNode params) throws RpcFailure {
        var turn = loaded(params).running();
        if (turn == null) {
            throw RpcFailure.invalid("no active turn to interrupt");
        }
        checkTurn(turn.stored(), params.path("turnId").asText());
        afterReply.add(turn::interrupt);
        return Json.object();
    }

    private static void checkTurn(String active, String expected) throws RpcFailure {
        if (!active.equals(expected)) {
            throw RpcFailure.invalid(
                    "expected active turn id `%s` but found `%s`".formatted(expected, active));
        }
    }

    private JsonNode compact(ImitatedThread thread) {
        var turnId = ImitatedCodex.freshId();
        var item = Json.object("type", "contextCompaction", "id", ImitatedCodex.freshId());
        afterReply.add(
                () -> {
                    var running = Shapes.turn(turnId, "inProgress", Json.array(), null);
                    thread.status("active");
                    thread.notify("turn/started", Json.object("turn", running));
                    thread.notify("item/started", Json.object("item", item, "turnId", turnId));
                    thread.notify("item/completed", Json.object("item", item, "turnId", turnId));
                    thread.status("idle");
                    var done = Shapes.turn(turnId, "completed", Json.array(), null);
                    thread.notify("turn/completed", Json.object("turn", done));
                });
        return Json.object();
    }

    private static ImitatedTurn.Input input(JsonNode params) {
        var clientId = params.path("clientUserMessageId");
        return new ImitatedTurn.Input(
                clientId.isTextual() ? clientId.asText() : null, params.path("input"));
    }

    private ImitatedThread loaded(JsonNode params) throws RpcFailure {
        var thread = codex.loaded(id(params));
        if (thread == null) {
            throw RpcFailure.invalid("thread not found: " + id(params));
        }
        return thread;
    }

    private static String id(JsonNode params) throws RpcFailure {
        var id = params.path("threadId").asText("");
        if (id.isEmpty()) {
            throw RpcFailure.invalid("Invalid request: missing field `threadId`");
        }
        return id;
    }
}
