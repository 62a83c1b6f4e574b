package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers about the imitated server itself, the same on every home. */
final class ServerFacts {

    private ServerFacts() {}

    static JsonNode answer(String method) throws RpcFailure {
        return switch (method) {
            case "model/list" -> Json.object("data", Json.array(model()), "nextCursor", null);
            case "modelProvider/list" ->
                    Json.object("data", Json.array(), "defaultProviderId", "scripted");
            case "account/read" ->
                    Json.object("account", null, "userId", null, "requiresOpenaiAuth", false);
            case "account/rateLimits/read" ->
                    throw RpcFailure.invalid(
                            "codex account authentication required to read rate limits");
            case "account/login/start" -> Json.object("type", "apiKey");
            case "account/logout" -> Json.object();
            case "configRequirements/read" -> Json.object("requirements", null);
            case "config/read" -> Json.object("config", Json.object(), "origins", Json.object());
            case "collaborationMode/list" ->
                    Json.object(
                            "data", Json.array(Json.object("name", "Default", "mode", "default")));
            case "mcpServerStatus/list", "skills/list", "hooks/list", "app/list" ->
                    Json.object("data", Json.array(), "nextCursor", null);
            case "plugin/list" ->
                    Json.object(
                            "marketplaces", Json.array(), "marketplaceLoadErrors", Json.array());
            case "server/diagnostics" -> diagnostics();
            default ->
                    throw RpcFailure.invalid(
                            "Invalid request: unknown variant `" + method + "`, expected one of …");
        };
    }

    private static JsonNode model() {
        return Json.object(
                "id", "gpt-5.5",
                "model", "gpt-5.5",
                "displayName", "GPT-5.5",
                "description", "scripted",
                "hidden", false,
                "isDefault", true,
                "supportedReasoningEfforts", Json.array(),
                "defaultReasoningEffort", "medium",
                "inputModalities", Json.array("text", "image"));
    }

    private static JsonNode diagnostics() {
        var process =
                Json.object(
                        "id", ProcessHandle.current().pid(), "residentMemoryBytes", 90_000_000L);
        var turns = Json.object("name", "core.turns.active", "value", 0);
        return Json.object("process", process, "gauges", Json.array(turns));
    }
}
