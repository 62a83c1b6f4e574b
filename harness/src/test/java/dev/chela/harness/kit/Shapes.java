package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Messages in the shapes that the real server was recorded with. */
final class Shapes {

    /** What every call of the scripted model is said to have cost. */
    static final int TOKENS_A_CALL = 120;

    private Shapes() {}

    static ObjectNode thread(String id, String cwd, String codexHome, JsonNode status) {
        var now = System.currentTimeMillis() / 1000;
        return Json.object(
                "id",
                id,
                "sessionId",
                id,
                "forkedFromId",
                null,
                "preview",
                "",
                "ephemeral",
                false,
                "historyMode",
                "paginated",
                "modelProvider",
                "scripted",
                "model",
                "gpt-5.5",
                "reasoningEffort",
                null,
                "createdAt",
                now,
                "updatedAt",
                now,
                "recencyAt",
                now,
                "status",
                status,
                "path",
                codexHome + "/sessions/" + id + ".jsonl",
                "cwd",
                cwd,
                "cliVersion",
                ImitatedCodex.VERSION,
                "originator",
                "chela",
                "source",
                "vscode",
                "canAcceptDirectInput",
                true,
                "gitInfo",
                null,
                "name",
                null,
                "turns",
                Json.array());
    }

    static ObjectNode opened(ObjectNode thread, String policy, String sandbox) {
        return Json.object(
                "thread",
                thread,
                "model",
                thread.path("model"),
                "modelProvider",
                "scripted",
                "serviceTier",
                null,
                "cwd",
                thread.path("cwd"),
                "instructionSources",
                Json.array(),
                "approvalPolicy",
                policy,
                "approvalsReviewer",
                "user",
                "sandbox",
                Json.object("type", sandboxType(sandbox)),
                "reasoningEffort",
                null);
    }

    private static String sandboxType(String mode) {
        return switch (mode) {
            case "danger-full-access", "dangerFullAccess" -> "dangerFullAccess";
            case "workspace-write", "workspaceWrite" -> "workspaceWrite";
            default -> "readOnly";
        };
    }

    static ObjectNode turn(String id, String status, JsonNode items, @Nullable JsonNode error) {
        var now = System.currentTimeMillis() / 1000;
        return Json.object(
                "id", id,
                "rootTurnId", id,
                "items", items,
                "itemsView", items.isEmpty() ? "notLoaded" : "summary",
                "status", status,
                "error", error,
                "startedAt", now,
                "completedAt", status.equals("inProgress") ? null : now,
                "durationMs", status.equals("inProgress") ? null : 5);
    }

    static ObjectNode userMessage(String id, @Nullable String clientId, JsonNode content) {
        return Json.object(
                "type", "userMessage", "id", id, "clientId", clientId, "content", content);
    }

    static ObjectNode agentMessage(String id, String text, String phase) {
        return Json.object("type", "agentMessage", "id", id, "text", text, "phase", phase);
    }

    static ObjectNode command(String id, String command, String cwd, String status) {
        return Json.object(
                "type",
                "commandExecution",
                "id",
                id,
                "command",
                "/bin/bash -lc '" + command + "'",
                "cwd",
                cwd,
                "processId",
                null,
                "source",
                "agent",
                "status",
                status,
                "commandActions",
                Json.array(Json.object("type", "unknown", "command", command)),
                "aggregatedOutput",
                null,
                "exitCode",
                null,
                "durationMs",
                null);
    }

    static ObjectNode toolCall(String id, JsonNode namespace, String tool, JsonNode arguments) {
        return Json.object(
                "type",
                "dynamicToolCall",
                "id",
                id,
                "namespace",
                namespace,
                "tool",
                tool,
                "arguments",
                arguments,
                "status",
                "inProgress",
                "contentItems",
                null,
                "success",
                null,
                "durationMs",
                null);
    }

    static ObjectNode error(String message, JsonNode info) {
        return Json.object("message", message, "codexErrorInfo", info, "additionalDetails", null);
    }

    static JsonNode tokenUsage() {
        var one =
                Json.object(
                        "totalTokens", TOKENS_A_CALL,
                        "inputTokens", 100,
                        "cachedInputTokens", 0,
                        "outputTokens", 20,
                        "reasoningOutputTokens", 0);
        return Json.object("total", one, "last", one, "modelContextWindow", 258_400);
    }

    static JsonNode rateLimits() {
        return Json.object("limitId", "codex", "primary", null, "secondary", null);
    }
}
