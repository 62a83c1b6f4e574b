package dev.chela.harness.codex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.chela.harness.Legible;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Origin;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerAnswer.ElicitationAnswer;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.tools.Fingerprint;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What MCP servers ask. Codex's own question whether a tool may be used is put to people;
 * everything else is declined, also what only looks like it (harness §9).
 */
final class ToolElicitations {

    private static final ElicitationAnswer DECLINED = new ElicitationAnswer("decline", null, null);
    private static final String TOOL_CALL = "mcp_tool_call";
    private static final String SESSION = "session";
    private static final int PARAMETERS_MAX = 8;
    private static final int PARAMETER_CHARS_MAX = 120;
    private static final int MESSAGE_CHARS_MAX = 400;

    private final Decisions decisions;

    ToolElicitations(Decisions decisions) {
        this.decisions = decisions;
    }

    ElicitationAnswer answer(ServerRequest.Elicitation request, TurnHandle turn) {
        Optional<Origin> origin = origin(request);
        boolean ours =
                origin.filter(
                                from ->
                                        turn.turn().isEmpty()
                                                || turn.turn().get().equals(from.turn()))
                        .isPresent();
        if (!ours || !isToolCall(request)) {
            return DECLINED;
        }
        boolean forSession = isOffered(request, SESSION);
        ServerAnswer.Decision decision =
                decisions.of(turn, approval(request, turn, origin, forSession));
        return switch (decision) {
            case ACCEPT -> new ElicitationAnswer("accept", null, null);
            case ACCEPT_FOR_SESSION ->
                    new ElicitationAnswer("accept", null, forSession ? persisted() : null);
            case DECLINE -> DECLINED;
            case CANCEL -> new ElicitationAnswer("cancel", null, null);
        };
    }

    /**
     * Where it came from. It carries no call id, so what it asks for takes the place of one: sent
     * again after a reconnect, it is found.
     */
    static Optional<Origin> origin(ServerRequest.Elicitation request) {
        ThreadId thread = request.threadId();
        TurnId turn = request.turnId();
        if (thread == null || turn == null) {
            return Optional.empty();
        }
        String print =
                Fingerprint.of(
                        List.of(
                                "server=" + request.serverName(),
                                "tool=" + meta(request).path("tool_name").asText(),
                                "parameters="
                                        + JsonWords.canonical(meta(request).path("tool_params"))));
        return Optional.of(new Origin(thread, turn, "mcp:" + print));
    }

    /** A server cannot pass off a form of its own as Codex's question: that one has no fields. */
    private static boolean isToolCall(ServerRequest.Elicitation request) {
        JsonNode schema = request.requestedSchema();
        return TOOL_CALL.equals(meta(request).path("codex_approval_kind").asText())
                && meta(request).path("tool_name").isTextual()
                && (schema == null || schema.path("properties").isEmpty());
    }

    private static ApprovalRequest approval(
            ServerRequest.Elicitation request,
            TurnHandle turn,
            Optional<Origin> origin,
            boolean forSession) {
        JsonNode meta = meta(request);
        Set<Choice> choices =
                forSession
                        ? EnumSet.allOf(Choice.class)
                        : EnumSet.of(Choice.ALLOW_ONCE, Choice.DENY);
        return new ApprovalRequest(
                ApprovalRequest.Kind.MCP_TOOL,
                turn.context().session(),
                turn.context().source(),
                origin,
                "Use %s of %s"
                        .formatted(
                                meta.path("tool_name").asText(),
                                Objects.requireNonNullElse(request.serverName(), "a tool server")),
                words(request, meta),
                choices,
                List.of());
    }

    private static String words(ServerRequest.Elicitation request, JsonNode meta) {
        String message =
                Legible.block(Objects.requireNonNullElse(request.message(), ""), MESSAGE_CHARS_MAX);
        JsonNode parameters = meta.path("tool_params");
        String listed =
                parameters.properties().stream()
                        .limit(PARAMETERS_MAX)
                        .map(
                                one ->
                                        "%s: %s"
                                                .formatted(
                                                        Legible.line(
                                                                one.getKey(), PARAMETER_CHARS_MAX),
                                                        Legible.line(
                                                                JsonWords.plain(one.getValue()),
                                                                PARAMETER_CHARS_MAX)))
                        .collect(Collectors.joining("\n"));
        int more = parameters.size() - PARAMETERS_MAX;
        return message
                + (listed.isEmpty() ? "" : "\n" + listed)
                + (more > 0 ? "\n… and %d more parameters".formatted(more) : "")
                + (meta.path("tool_annotations").path("destructiveHint").asBoolean()
                        ? "\nThe tool says of itself that it destroys things."
                        : "");
    }

    private static boolean isOffered(ServerRequest.Elicitation request, String scope) {
        JsonNode persist = meta(request).path("persist");
        if (persist.isTextual()) {
            return persist.asText().equals(scope);
        }
        for (JsonNode one : persist) {
            if (one.asText().equals(scope)) {
                return true;
            }
        }
        return false;
    }

    /** Never {@code always}: that is permanent and written into Codex's config. */
    private static JsonNode persisted() {
        return JsonNodeFactory.instance.objectNode().put("persist", SESSION);
    }

    private static JsonNode meta(ServerRequest.Elicitation request) {
        JsonNode meta = request.meta();
        return meta == null ? JsonNodeFactory.instance.missingNode() : meta;
    }
}
