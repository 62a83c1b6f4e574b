package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The hooks of a thread of the imitated server: their commands are really run. */
final class HookRuns {

    private static final String SOURCE = "/<session-flags>/config.toml";

    private final ImitatedThread thread;
    private final ImitatedTurn turn;

    HookRuns(ImitatedThread thread, ImitatedTurn turn) {
        this.thread = thread;
        this.turn = turn;
    }

    /** What the model is told in place of a call that must not run. */
    Optional<String> before(ModelCall call) {
        if (thread.hooks().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode event = event("PreToolUse", call);
        return run("PreToolUse", "pre_tool_use", "preToolUse", ":" + call.callId(), event)
                .filter(ran -> ran.code() == 2 && !ran.err().isBlank())
                .map(
                        ran ->
                                "Command blocked by PreToolUse hook: %s. Command: %s"
                                        .formatted(
                                                ran.err().strip(),
                                                event.at("/tool_input/command").asText()));
    }

    void after(ModelCall call, String output) {
        if (!thread.hooks().isEmpty()) {
            ObjectNode event = event("PostToolUse", call).put("tool_response", output);
            run("PostToolUse", "post_tool_use", "postToolUse", ":" + call.callId(), event);
        }
    }

    /** Why the model is to go on. */
    Optional<String> beforeEnd(String answer, boolean again) {
        ObjectNode event =
                event("Stop").put("last_assistant_message", answer).put("stop_hook_active", again);
        return run("Stop", "stop", "stop", "", event)
                .filter(ran -> ran.code() == 0 && ran.out().startsWith("{"))
                .map(ran -> Json.parse(ran.out()))
                .filter(said -> said.path("decision").asText().equals("block"))
                .map(said -> said.path("reason").asText());
    }

    private ObjectNode event(String name) {
        return Json.object(
                "session_id", thread.id(),
                "turn_id", turn.id(),
                "cwd", thread.cwd().toString(),
                "hook_event_name", name,
                "model", "gpt-5.5");
    }

    private ObjectNode event(String name, ModelCall call) {
        ObjectNode event = event(name).put("tool_use_id", call.callId());
        switch (call) {
            case ModelCall.FreeForm patch ->
                    event.put("tool_name", patch.name())
                            .set("tool_input", Json.object("command", patch.input()));
            case ModelCall.Search _ -> event.put("tool_name", "tool_search");
            case ModelCall.Function function -> {
                boolean shell = function.name().equals("exec_command");
                JsonNode arguments = Json.parse(function.arguments());
                event.put(
                        "tool_name",
                        shell ? "Bash" : function.namespace().orElse("") + separator(function));
                event.set(
                        "tool_input",
                        shell ? Json.object("command", arguments.path("cmd")) : arguments);
            }
        }
        return event;
    }

    /** Names of MCP tools keep their parts apart, those of tools of the client do not. */
    private static String separator(ModelCall.Function function) {
        boolean mcp = function.namespace().filter(name -> name.startsWith("mcp__")).isPresent();
        return (mcp ? "__" : "") + function.name();
    }

    private record Ran(int code, String out, String err) {}

    private Optional<Ran> run(
            String name, String trusted, String told, String suffix, JsonNode event) {
        JsonNode hooks = thread.hooks();
        JsonNode hook = hooks.path(name).path(0).path("hooks").path(0);
        String key = SOURCE + ":" + trusted + ":0:0";
        boolean isTrusted =
                hooks.path("state").path(key).path("trusted_hash").asText().startsWith("sha256:");
        if (!hook.has("command") || !isTrusted) {
            return Optional.empty();
        }
        String id = name + ":0:" + SOURCE + suffix;
        tell("hook/started", id, told, "running");
        Ran ran = run(hook.path("command").asText(), hook.path("timeout").asInt(), event);
        tell("hook/completed", id, told, ran.code() == 2 ? "blocked" : "completed");
        return Optional.of(ran);
    }

    private void tell(String method, String id, String event, String status) {
        ObjectNode run =
                Json.object(
                        "id",
                        id,
                        "eventName",
                        event,
                        "status",
                        status,
                        "source",
                        "sessionFlags",
                        "durationMs",
                        null,
                        "entries",
                        Json.array());
        turn.notify(method, Json.object("turnId", turn.id(), "run", run));
    }

    private Ran run(String command, int seconds, JsonNode event) {
        try {
            Process process =
                    new ProcessBuilder("/bin/bash", "-c", command)
                            .directory(thread.cwd().toFile())
                            .start();
            try (var in = process.getOutputStream()) {
                in.write(event.toString().getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Ran(-1, "", "");
            }
            return new Ran(
                    process.exitValue(),
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Ran(-1, "", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ran(-1, "", "");
        }
    }
}
