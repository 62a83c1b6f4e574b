package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of the imitated server. Its ids for requests to the client start at 0. */
final class ImitatedConnection {

    private static final Logger log = LoggerFactory.getLogger(ImitatedConnection.class);

    private final ImitatedCodex codex;
    private final Wire wire;
    private final ImitatedMethods methods;
    private final Map<Integer, ServerAsk> asked = new HashMap<>();
    private int nextId;
    private boolean initialized;

    ImitatedConnection(ImitatedCodex codex, Wire wire) {
        this.codex = codex;
        this.wire = wire;
        methods = new ImitatedMethods(codex, this);
    }

    /** Reads until the client goes or the server dies. */
    void serve() {
        try {
            for (var line = wire.read(); line != null && codex.isAlive(); line = wire.read()) {
                JsonNode message;
                try {
                    message = Json.parse(line);
                } catch (IllegalArgumentException e) {
                    log.debug("malformed line dropped, as the real server does");
                    continue;
                }
                codex.heard(message);
                handle(message);
            }
        } catch (IOException e) {
            log.debug("client gone: {}", e.getMessage());
        }
    }

    private void handle(JsonNode message) {
        var method = message.path("method").asText("");
        if (method.isEmpty()) {
            answered(message);
        } else if (message.has("id") && !codex.isIgnored(method)) {
            send(reply(message.get("id"), method, message.path("params")));
            methods.afterReply();
        }
    }

    private ObjectNode reply(JsonNode id, String method, JsonNode params) {
        try {
            if (method.equals("initialize")) {
                if (initialized) {
                    throw RpcFailure.invalid("Already initialized");
                }
                initialized = true;
                return Json.object("id", id, "result", methods.initialize(params));
            }
            if (!initialized) {
                throw RpcFailure.invalid("Not initialized");
            }
            return Json.object("id", id, "result", methods.call(method, params));
        } catch (RpcFailure e) {
            var error = Json.object("code", e.code(), "message", e.getMessage());
            if (e.data() != null) {
                error.set("data", e.data());
            }
            return Json.object("error", error, "id", id);
        }
    }

    private void answered(JsonNode message) {
        ServerAsk ask;
        synchronized (asked) {
            ask = asked.get(message.path("id").asInt(-1));
        }
        if (ask != null) {
            ask.answer().complete(message);
        }
    }

    void ask(ServerAsk ask) {
        int id;
        synchronized (asked) {
            id = nextId++;
            asked.put(id, ask);
        }
        send(Json.object("method", ask.method(), "id", id, "params", ask.params()));
    }

    /** Forgets a request and gives the id this client knew it by. */
    @Nullable Integer resolve(ServerAsk ask) {
        synchronized (asked) {
            for (var entry : asked.entrySet()) {
                if (entry.getValue() == ask) {
                    var id = entry.getKey();
                    asked.remove(id);
                    return id;
                }
            }
            return null;
        }
    }

    void notify(String method, JsonNode params) {
        send(
                Json.object(
                        "method", method,
                        "params", params,
                        "emittedAtMs", System.currentTimeMillis()));
    }

    void send(ObjectNode message) {
        codex.send(wire, message);
    }

    void close() {
        wire.close();
    }
}
