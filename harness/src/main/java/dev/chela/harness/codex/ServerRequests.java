package dev.chela.harness.codex;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.harness.ThreadId;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.TurnId;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.appserver.Reply;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.tools.ToolCalls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Serves what the server asks during a turn: tools, approvals, questions. Every request is
 * answered; what cannot be decided is denied.
 */
final class ServerRequests {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> ARGUMENTS = new TypeReference<>() {};

    private final ToolCalls tools;
    private final ApprovalRequests approvals;

    ServerRequests(ToolCalls tools, Approvals approvals) {
        this.tools = tools;
        this.approvals = new ApprovalRequests(approvals);
    }

    ToolCalls tools() {
        return tools;
    }

    /** What serving came to. */
    record Served(boolean tool, boolean delivered) {}

    /** Serves one request on the calling thread, which may block for long. */
    Served serve(ServerRequest request, Reply reply, TurnHandle turn) {
        return switch (request) {
            case ServerRequest.ToolCall call -> tool(call, reply, turn);
            case ServerRequest.OfTurn other -> approval(other, reply, turn);
            case ServerRequest.Elicitation elicitation -> {
                reply.answer(approvals.elicitation(elicitation, turn));
                yield new Served(false, false);
            }
            case ServerRequest.AuthTokensRefresh refresh -> {
                reply.fail(Reply.NOT_SERVED, "Chela gave no tokens; sign in again");
                yield new Served(false, false);
            }
        };
    }

    private Served tool(ServerRequest.ToolCall call, Reply reply, TurnHandle turn) {
        ToolResult result =
                isOf(turn, call.turnId())
                        ? tools.call(call.tool(), toolCall(call, turn))
                        : ToolResult.failed("error: that turn has ended; nothing was done");
        reply.answer(ServerAnswer.ToolAnswer.of(result.success(), result.text()));
        return new Served(true, result.delivered());
    }

    private static ToolCall toolCall(ServerRequest.ToolCall call, TurnHandle turn) {
        return new ToolCall(
                turn.context(),
                call.threadId(),
                call.turnId(),
                call.callId(),
                arguments(call.arguments()));
    }

    private Served approval(ServerRequest.OfTurn request, Reply reply, TurnHandle turn) {
        boolean ours = isOf(turn, request.turnId());
        switch (request) {
            case ServerRequest.CommandApproval command ->
                    reply.answer(
                            ServerAnswer.CommandDecision.of(
                                    ours
                                            ? approvals.command(command, turn)
                                            : ServerAnswer.Decision.DECLINE));
            case ServerRequest.FileChangeApproval change ->
                    reply.answer(
                            new ServerAnswer.FileChangeDecision(
                                    ours
                                            ? approvals.fileChange(change, turn)
                                            : ServerAnswer.Decision.DECLINE));
            case ServerRequest.PermissionsApproval permissions ->
                    reply.answer(
                            ours
                                    ? approvals.permissions(permissions, turn)
                                    : ServerAnswer.PermissionsGrant.none());
            case ServerRequest.UserInputRequest questions ->
                    reply.answer(
                            ours
                                    ? approvals.questions(questions, turn)
                                    : ApprovalRequests.unanswered(questions));
            case ServerRequest.ToolCall call -> tool(call, reply, turn);
        }
        return new Served(false, false);
    }

    private static boolean isOf(TurnHandle turn, TurnId asking) {
        return turn.turn().isEmpty() || turn.turn().get().equals(asking);
    }

    /** Withdraws what a turn still asks people. */
    void withdraw(ThreadId thread, TurnId turn) {
        approvals.withdraw(thread, turn);
    }

    private static Map<String, Object> arguments(JsonNode node) {
        if (!node.isObject()) {
            return Map.of();
        }
        Map<String, Object> decoded = new LinkedHashMap<>(MAPPER.convertValue(node, ARGUMENTS));
        decoded.values().removeIf(Objects::isNull);
        return decoded;
    }
}
