package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;

/** A model that asks for more rights; what was granted is all that it is told. */
final class RightsCall {

    private final ImitatedThread thread;
    private final ImitatedTurn turn;
    private final String callId;

    RightsCall(ImitatedThread thread, ImitatedTurn turn, String callId) {
        this.thread = thread;
        this.turn = turn;
        this.callId = callId;
    }

    String run(JsonNode arguments) {
        if (!thread.config("features.request_permissions_tool").asBoolean()) {
            return "unsupported call: request_permissions";
        }
        thread.status("active", "waitingOnApproval");
        var ask =
                thread.ask(
                        "item/permissions/requestApproval",
                        Json.object(
                                "threadId", thread.id(),
                                "turnId", turn.id(),
                                "itemId", callId,
                                "startedAtMs", System.currentTimeMillis(),
                                "reason", arguments.path("reason"),
                                "permissions", arguments.path("permissions"),
                                "cwd", thread.cwd().toString()));
        var answer = Interruptible.await(ask.answer(), turn.interruption());
        if (answer == null) {
            return "aborted by user";
        }
        thread.resolve(ask);
        thread.status("active");
        return answer.has("error")
                ? "request_permissions was cancelled before receiving a response"
                : answer.path("result").toString();
    }
}
