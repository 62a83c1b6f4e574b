package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** A request of the imitated server that waits for any client's answer. */
final class ServerAsk {

    private final String method;
    private final JsonNode params;
    private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();

    ServerAsk(String method, JsonNode params) {
        this.method = method;
        this.params = params;
    }

    String method() {
        return method;
    }

    JsonNode params() {
        return params;
    }

    /** The whole response message, with {@code result} or {@code error}; the first one counts. */
    CompletableFuture<JsonNode> answer() {
        return answer;
    }
}
