package dev.chela.harness.codex;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.harness.ThreadId;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.TurnId;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.tools.ToolCalls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Serves what the server asks during a turn: tools, approvals, questions. Every request is
 * answered; what cannot be decided is denied.
 */
final class ServerRequests {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> ARGUMENTS = new TypeReference<>() {};

    private final ToolCalls tools;
    private final ApprovalRequests approvals;
    private final ToolElicitations elicitations;

    ServerRequests(ToolCalls tools, Approvals approvals) {
        this.tools = tools;
        Decisions decisions = new Decisions(approvals);
        this.approvals = new ApprovalRequests(approvals, decisions);
        this.elicitations = new ToolElicitations(decisions);
    }

    ToolCalls tools() {
        return tools;
    }

    /**
     * What serving came to.
     *
     * @param answer empty if this is not served here
     */
    record Served(boolean tool, boolean delivered, Optional<ServerAnswer> answer) {

        static final Served NOTHING = new Served(false, false, Optional.empty());

        static Served with(ServerAnswer answer) {
            return new Served(false, false, Optional.of(answer));
        }
    }

    /** Decides one request on the calling thread, which may block for long. */
    Served serve(ServerRequest request, TurnHandle turn) {
        if (turn.settings().claim().isPresent()) {
            return Unattended.BOUND.answer(request).map(Served::with).orElse(Served.NOTHING);
        }
        return switch (request) {
            case ServerRequest.ToolCall call -> tool(call, turn);
            case ServerRequest.OfTurn other -> approval(other, turn);
            case ServerRequest.Elicitation elicitation ->
                    Served.with(elicitations.answer(elicitation, turn));
            case ServerRequest.AuthTokensRefresh refresh -> Served.NOTHING;
        };
    }

    private Served tool(ServerRequest.ToolCall call, TurnHandle turn) {
        ToolResult result =
                isOf(turn, call.turnId())
                        ? tools.call(call.tool(), toolCall(call, turn))
                        : ToolResult.failed("error: that turn has ended; nothing was done");
        return new Served(
                true,
                result.delivered(),
                Optional.of(ServerAnswer.ToolAnswer.of(result.success(), result.text())));
    }

    private static ToolCall toolCall(ServerRequest.ToolCall call, TurnHandle turn) {
        return new ToolCall(
                turn.context(),
                call.threadId(),
                call.turnId(),
                call.callId(),
                arguments(call.arguments()));
    }

    private Served approval(ServerRequest.OfTurn request, TurnHandle turn) {
        boolean ours = isOf(turn, request.turnId());
        return switch (request) {
            case ServerRequest.CommandApproval command ->
                    Served.with(
                            ServerAnswer.CommandDecision.of(
                                    ours
                                            ? approvals.command(command, turn)
                                            : ServerAnswer.Decision.DECLINE));
            case ServerRequest.FileChangeApproval change ->
                    Served.with(
                            new ServerAnswer.FileChangeDecision(
                                    ours
                                            ? approvals.fileChange(change, turn)
                                            : ServerAnswer.Decision.DECLINE));
            case ServerRequest.PermissionsApproval permissions ->
                    Served.with(
                            ours
                                    ? approvals.permissions(permissions, turn)
                                    : ServerAnswer.PermissionsGrant.none());
            case ServerRequest.UserInputRequest questions ->
                    Served.with(
                            ours
                                    ? approvals.questions(questions, turn)
                                    : ApprovalRequests.unanswered(questions));
            case ServerRequest.ToolCall call -> tool(call, turn);
        };
    }

    private static boolean isOf(TurnHandle turn, TurnId asking) {
        return turn.turn().isEmpty() || turn.turn().get().equals(asking);
    }

    /** Withdraws what a turn still asks people. */
    void withdraw(ThreadId thread, TurnId turn) {
        approvals.withdraw(thread, turn);
    }

    /** Withdraws it from a turn that is over, and keeps no secret that it was told. */
    void turnOver(ThreadId thread, TurnId turn) {
        approvals.turnOver(thread, turn);
    }

    /** The server says that this needs no answer any more. */
    void withdraw(ServerRequest request) {
        approvals.withdraw(request);
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
