package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A shell command that the model called: perhaps approved, then really run. */
final class CommandCall {

    private static final Duration YIELD = Duration.ofSeconds(10);

    private final ImitatedThread thread;
    private final ImitatedTurn turn;
    private final String callId;

    CommandCall(ImitatedThread thread, ImitatedTurn turn, String callId) {
        this.thread = thread;
        this.turn = turn;
        this.callId = callId;
    }

    String run(JsonNode arguments) {
        var command = arguments.path("cmd").asText();
        var item = Shapes.command(callId, command, thread.cwd().toString(), "inProgress");
        var asked = mustAsk(arguments) && !thread.isAllowed(command);
        if (asked) {
            var refusal = approve(item, command, arguments.path("justification").asText());
            if (!refusal.isEmpty()) {
                return refusal;
            }
        }
        try {
            var shell = new ShellRun(command, thread.cwd());
            // Before anybody sees it: what is shown as running can be ended from then on.
            var session = thread.remember(shell);
            if (turn.interruption().isDone()) {
                shell.kill();
                return "aborted by user";
            }
            item.put("processId", String.valueOf(shell.pid())).put("source", "unifiedExecStartup");
            if (!asked) {
                turn.started(item);
            }
            shell.follow(
                    line -> turn.delta("item/commandExecution/outputDelta", callId, line),
                    exit -> finish(item, shell.output(), exit));
            return report(turn, shell, session, YIELD);
        } catch (IOException e) {
            turn.completed(item.deepCopy().put("status", "failed"));
            return "exec_command failed: " + e.getMessage();
        }
    }

    private void finish(ObjectNode item, String output, int exit) {
        // After an interrupt the item of a running command never completes.
        if (!turn.interruption().isDone() && thread.codex().isAlive()) {
            turn.completed(
                    item.deepCopy()
                            .put("status", exit == 0 ? "completed" : "failed")
                            .put("exitCode", exit)
                            .put("aggregatedOutput", output.isEmpty() ? null : output)
                            .put("durationMs", 1));
        }
    }

    /** Asks again about a command that was still running. */
    static String poll(ImitatedThread thread, ImitatedTurn turn, JsonNode arguments) {
        var session = arguments.path("session_id").asInt();
        var shell = thread.shell(session);
        if (shell == null) {
            return "write_stdin failed: Unknown process id " + session;
        }
        var patience = Duration.ofMillis(arguments.path("yield_time_ms").asLong(1_000));
        return report(turn, shell, session, patience);
    }

    private static String report(
            ImitatedTurn turn, ShellRun shell, int session, Duration patience) {
        var exit = Interruptible.await(shell.ended(), turn.interruption(), patience);
        var state =
                exit == null
                        ? "Process running with session ID " + session
                        : "Process exited with code " + exit;
        return "Wall time: 0.1 seconds\n" + state + "\nOutput:\n" + shell.fresh();
    }

    private boolean mustAsk(JsonNode arguments) {
        return switch (thread.policy()) {
            case "never" -> false;
            case "untrusted" -> true;
            default ->
                    arguments.path("sandbox_permissions").asText().equals("require_escalated")
                            && !List.of("danger-full-access", "dangerFullAccess")
                                    .contains(thread.sandbox());
        };
    }

    /** Empty when the command may run, else what the model is told. */
    private String approve(ObjectNode item, String command, String reason) {
        thread.status("active", "waitingOnApproval");
        turn.started(item);
        var words = Json.array((Object[]) command.split("\\s+"));
        var amendment =
                Json.object(
                        "acceptWithExecpolicyAmendment",
                        Json.object("execpolicy_amendment", words));
        var ask =
                thread.ask(
                        "item/commandExecution/requestApproval",
                        Json.object(
                                "kind", "command",
                                "threadId", thread.id(),
                                "turnId", turn.id(),
                                "itemId", callId,
                                "startedAtMs", System.currentTimeMillis(),
                                "reason", reason.isEmpty() ? null : reason,
                                "command", item.path("command"),
                                "cwd", item.path("cwd"),
                                "commandActions", item.path("commandActions"),
                                "proposedExecpolicyAmendment", words,
                                "availableDecisions", Json.array("accept", amendment, "cancel")));
        var answer = Interruptible.await(ask.answer(), turn.interruption());
        if (answer == null) {
            return "aborted by user";
        }
        thread.resolve(ask);
        var decision = answer.path("result").path("decision");
        var accepted = decision.isObject() || decision.asText().startsWith("accept");
        if (accepted) {
            if (!decision.asText().equals("accept")) {
                thread.allow(command);
            }
            thread.status("active");
            return "";
        }
        turn.completed(item.deepCopy().put("status", answer.has("error") ? "failed" : "declined"));
        thread.status("active");
        if (decision.asText().equals("cancel")) {
            turn.interrupt();
        }
        return "exec_command failed for `" + command + "`: Rejected(\"rejected by user\")";
    }
}
