package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.BiFunction;

/** What the real server makes of a model's failures. */
final class ModelFailures {

    private ModelFailures() {}

    static <E> E http(int status, String body, BiFunction<String, JsonNode, E> failure) {
        return switch (status) {
            case 500 ->
                    failure.apply(
                            "We’re currently experiencing high demand, which may cause temporary"
                                    + " errors.",
                            TextNode.valueOf("internalServerError"));
            case 429 ->
                    failure.apply(
                            "exceeded retry limit, last status: 429 Too Many Requests",
                            withStatus("responseTooManyFailedAttempts", status));
            case 400 -> failure.apply(body, TextNode.valueOf("other"));
            default ->
                    failure.apply(
                            "unexpected status " + status + ": " + body,
                            withStatus("httpConnectionFailed", status));
        };
    }

    static <E> E response(String code, String text, BiFunction<String, JsonNode, E> failure) {
        return switch (code) {
            case "context_length_exceeded" ->
                    failure.apply(
                            "Codex ran out of room in the model's context window.",
                            TextNode.valueOf("contextWindowExceeded"));
            case "rate_limit_exceeded" ->
                    failure.apply(
                            "rate limit exceeded: " + text, TextNode.valueOf("rateLimitExceeded"));
            case "insufficient_quota" ->
                    failure.apply(
                            "Quota exceeded. Check your plan and billing details.",
                            TextNode.valueOf("usageLimitExceeded"));
            case "server_is_overloaded" ->
                    failure.apply(
                            "Selected model is at capacity. Please try a different model.",
                            TextNode.valueOf("serverOverloaded"));
            default -> failure.apply(text, TextNode.valueOf("other"));
        };
    }

    static <E> E cut(BiFunction<String, JsonNode, E> failure) {
        return failure.apply(
                "stream disconnected before completion: the script cuts the stream",
                TextNode.valueOf("other"));
    }

    private static JsonNode withStatus(String name, int status) {
        return Json.object(name, Json.object("httpStatusCode", status));
    }
}
