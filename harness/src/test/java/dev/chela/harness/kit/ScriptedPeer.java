package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A peer that follows a {@link PeerScript} and then closes the connection. A request that the
 * script does not expect next is refused and kept as a problem.
 */
public final class ScriptedPeer implements Peer {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    private final PeerScript script;
    private final List<String> problems = new ArrayList<>();
    private final List<JsonNode> heard = new ArrayList<>();

    public ScriptedPeer(PeerScript script) {
        this.script = script;
    }

    /** What went otherwise than the script says; a test asserts that there is nothing. */
    public List<String> problems() {
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }

    /** What the client sent, oldest first. */
    public List<JsonNode> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    @Override
    public void serve(Wire wire) {
        try {
            var expected = Json.parse("{}");
            for (var step : script.steps()) {
                expected = take(wire, step, expected);
            }
        } catch (IOException e) {
            problem("the client was gone before the script ended: " + e.getMessage());
        } finally {
            wire.close();
        }
    }

    private JsonNode take(Wire wire, PeerScript.Step step, JsonNode expected) throws IOException {
        switch (step) {
            case PeerScript.Step.Expect expect -> {
                return await(wire, expect.method());
            }
            case PeerScript.Step.Reply reply ->
                    send(wire, "id", expected.get("id"), "result", fill(reply.result(), expected));
            case PeerScript.Step.Refuse refuse -> {
                var error = Json.object("code", refuse.code(), "message", refuse.message());
                send(wire, "id", expected.get("id"), "error", error);
            }
            case PeerScript.Step.Notify notify ->
                    send(
                            wire,
                            "method",
                            notify.method(),
                            "params",
                            fill(notify.params(), expected));
            case PeerScript.Step.Ask ask -> {
                var params = fill(ask.params(), expected);
                send(wire, "method", ask.method(), "id", ask.id(), "params", params);
                awaitAnswer(wire, ask.id());
            }
            case PeerScript.Step.Garbage garbage -> wire.write(garbage.line());
            case PeerScript.Step.Stall _ -> {
                for (var line = wire.read(); line != null; line = wire.read()) {
                    hear(line);
                }
            }
            case PeerScript.Step.Exit _ -> wire.close();
        }
        return expected;
    }

    private JsonNode await(Wire wire, String method) throws IOException {
        while (true) {
            var message = next(wire, method);
            var actual = message.path("method").asText("");
            if (actual.equals(method)) {
                return message;
            }
            if (message.has("id") && !actual.isEmpty()) {
                problem("expected " + method + " but got " + actual);
                var error = Json.object("code", -32600, "message", "not in the script");
                send(wire, "id", message.get("id"), "error", error);
            }
        }
    }

    private void awaitAnswer(Wire wire, int id) throws IOException {
        while (true) {
            var message = next(wire, "the answer " + id);
            if (!message.has("method") && message.path("id").asInt(-1) == id) {
                return;
            }
            problem("expected the answer " + id + " but got " + message);
        }
    }

    private JsonNode next(Wire wire, String awaited) throws IOException {
        var line = wire.read();
        if (line == null) {
            throw new IOException("end of input while waiting for " + awaited);
        }
        return hear(line);
    }

    private JsonNode hear(String line) {
        var message = Json.parse(line);
        synchronized (heard) {
            heard.add(message);
        }
        return message;
    }

    private static JsonNode fill(String text, JsonNode expected) {
        var filled =
                REFERENCE
                        .matcher(text)
                        .replaceAll(
                                match -> {
                                    var path = "/" + match.group(1).replace('.', '/');
                                    return Matcher.quoteReplacement(expected.at(path).asText());
                                });
        return Json.parse(filled);
    }

    private static void send(Wire wire, Object... namesAndValues) throws IOException {
        wire.write(Json.object(namesAndValues).toString());
    }

    private void problem(String text) {
        synchronized (problems) {
            problems.add(text);
        }
    }
}
