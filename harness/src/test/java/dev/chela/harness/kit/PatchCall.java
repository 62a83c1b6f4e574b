package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A patch that the model called for: perhaps approved, then really applied. It adds one file. */
final class PatchCall {

    private static final Pattern ADDED_FILE = Pattern.compile("\\*\\*\\* Add File: (.+)");

    private final ImitatedThread thread;
    private final ImitatedTurn turn;
    private final ModelCall.FreeForm call;

    PatchCall(ImitatedThread thread, ImitatedTurn turn, ModelCall.FreeForm call) {
        this.thread = thread;
        this.turn = turn;
        this.call = call;
    }

    String run() {
        var name = ADDED_FILE.matcher(call.input());
        if (!call.name().equals("apply_patch") || !name.find()) {
            return "unsupported call: " + call.name();
        }
        var file = thread.cwd().resolve(name.group(1).strip());
        var text =
                call.input()
                        .lines()
                        .filter(line -> line.startsWith("+"))
                        .map(line -> line.substring(1) + "\n")
                        .collect(Collectors.joining());
        var item = item(file, text);
        turn.started(item);
        var refusal = thread.policy().equals("untrusted") ? approve(item) : "";
        return refusal.isEmpty() ? apply(item, file, text, name.group(1)) : refusal;
    }

    private ObjectNode item(Path file, String text) {
        var kind = Json.object("type", "add");
        var change = Json.object("path", file.toString(), "kind", kind, "diff", text);
        return Json.object(
                "type",
                "fileChange",
                "id",
                call.callId(),
                "changes",
                Json.array(change),
                "status",
                "inProgress");
    }

    /** Empty when the patch may be applied, else what the model is told. */
    private String approve(ObjectNode item) {
        thread.status("active", "waitingOnApproval");
        var ask =
                thread.ask(
                        "item/fileChange/requestApproval",
                        Json.object(
                                "threadId", thread.id(),
                                "turnId", turn.id(),
                                "itemId", call.callId(),
                                "startedAtMs", System.currentTimeMillis(),
                                "reason", null,
                                "grantRoot", null));
        var answer = Interruptible.await(ask.answer(), turn.interruption());
        if (answer == null) {
            return "aborted by user";
        }
        thread.resolve(ask);
        thread.status("active");
        var decision = answer.path("result").path("decision").asText();
        if (decision.startsWith("accept")) {
            return "";
        }
        turn.completed(item.deepCopy().put("status", answer.has("error") ? "failed" : "declined"));
        if (decision.equals("cancel")) {
            turn.interrupt();
        }
        return "patch rejected by user";
    }

    private String apply(ObjectNode item, Path file, String text, String name) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            turn.completed(item.deepCopy().put("status", "failed"));
            return "patch failed: " + e.getMessage();
        }
        turn.completed(item.deepCopy().put("status", "completed"));
        return "Exit code: 0\nWall time: 0 seconds\nOutput:\nSuccess. Updated the following"
                + " files:\nA "
                + name
                + "\n";
    }
}
