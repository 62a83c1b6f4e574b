package dev.chela.harness.codex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.ApprovalRequest.Kind;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.approval.Origin;
import dev.chela.harness.approval.Question;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerRequest;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts Codex's approvals and questions to people and their decisions into Codex's words. */
final class ApprovalRequests {

    private static final Set<Choice> ALL = EnumSet.allOf(Choice.class);
    private static final Set<Choice> ONCE = EnumSet.of(Choice.ALLOW_ONCE, Choice.DENY);
    private static final int COMMAND_CHARS_MAX = 1_700;
    private static final String MCP_TOOL_CALL = "mcp_tool_call";

    private final Approvals approvals;

    ApprovalRequests(Approvals approvals) {
        this.approvals = approvals;
    }

    ServerAnswer.Decision command(ServerRequest.CommandApproval request, TurnHandle turn) {
        String command =
                ItemTitles.bare(Objects.requireNonNullElse(request.command(), "a command"));
        return decide(
                turn,
                request(
                        Kind.COMMAND,
                        turn,
                        origin(request, suffixed(request.itemId(), request.approvalId())),
                        "Run " + command,
                        lines(
                                cut(command),
                                prefixed("in ", request.cwd()),
                                prefixed("because ", request.reason())),
                        ALL));
    }

    ServerAnswer.Decision fileChange(ServerRequest.FileChangeApproval request, TurnHandle turn) {
        return decide(
                turn,
                request(
                        Kind.FILE_CHANGE,
                        turn,
                        origin(request, request.itemId()),
                        "Edit files",
                        lines(
                                "in " + turn.settings().workspace(),
                                prefixed("wants to write below ", request.grantRoot()),
                                prefixed("because ", request.reason())),
                        ALL));
    }

    ServerAnswer.PermissionsGrant permissions(
            ServerRequest.PermissionsApproval request, TurnHandle turn) {
        ServerAnswer.Decision decision =
                decide(
                        turn,
                        request(
                                Kind.PERMISSIONS,
                                turn,
                                origin(request, request.itemId()),
                                "Grant more rights",
                                lines(
                                        cut(request.permissions().toString()),
                                        prefixed("because ", request.reason())),
                                ALL));
        return switch (decision) {
            case ACCEPT -> new ServerAnswer.PermissionsGrant(request.permissions(), "turn");
            case ACCEPT_FOR_SESSION ->
                    new ServerAnswer.PermissionsGrant(request.permissions(), "session");
            case DECLINE, CANCEL -> ServerAnswer.PermissionsGrant.none();
        };
    }

    /** Approvals of MCP tools are asked; everything else an MCP server wants is declined. */
    ServerAnswer.ElicitationAnswer elicitation(ServerRequest.Elicitation request, TurnHandle turn) {
        JsonNode meta = request.meta();
        ThreadId thread = request.threadId();
        if (meta == null
                || thread == null
                || !MCP_TOOL_CALL.equals(meta.path("codex_approval_kind").asText())) {
            return new ServerAnswer.ElicitationAnswer("decline", null, null);
        }
        String tool = meta.path("tool_name").asText("a tool");
        // It carries no call id: asked again after a reconnect, it is a new question.
        Optional<Origin> origin =
                Optional.ofNullable(request.turnId())
                        .map(id -> new Origin(thread, id, "mcp:" + UUID.randomUUID()));
        ServerAnswer.Decision decision =
                decide(
                        turn,
                        request(
                                Kind.MCP_TOOL,
                                turn,
                                origin,
                                "Use %s of %s".formatted(tool, request.serverName()),
                                lines(Objects.requireNonNullElse(request.message(), "")),
                                ONCE));
        return new ServerAnswer.ElicitationAnswer(
                switch (decision) {
                    case ACCEPT, ACCEPT_FOR_SESSION -> "accept";
                    case DECLINE -> "decline";
                    case CANCEL -> "cancel";
                },
                null,
                null);
    }

    ServerAnswer.UserInputAnswers questions(
            ServerRequest.UserInputRequest request, TurnHandle turn) {
        boolean secretInPublic =
                turn.context().source().kind() != Source.Kind.DIRECT
                        && request.questions().stream().anyMatch(ServerRequest.Question::isSecret);
        if (secretInPublic || request.questions().isEmpty()) {
            return unanswered(request);
        }
        List<Question> questions =
                request.questions().stream().map(ApprovalRequests::question).toList();
        Decision decision =
                approvals.ask(
                        new ApprovalRequest(
                                Kind.QUESTION,
                                turn.context().session(),
                                turn.context().source(),
                                origin(request, request.itemId()),
                                questions.getFirst().header(),
                                questions.getFirst().text(),
                                Set.of(),
                                questions));
        if (!(decision instanceof Decision.Answered(Map<String, List<String>> answers))) {
            return unanswered(request);
        }
        Map<String, ServerAnswer.UserInputAnswers.Given> given = new LinkedHashMap<>();
        answers.forEach(
                (id, texts) -> given.put(id, new ServerAnswer.UserInputAnswers.Given(texts)));
        return new ServerAnswer.UserInputAnswers(given);
    }

    static ServerAnswer.UserInputAnswers unanswered(ServerRequest.UserInputRequest request) {
        Map<String, ServerAnswer.UserInputAnswers.Given> given = new LinkedHashMap<>();
        request.questions()
                .forEach(
                        question ->
                                given.put(
                                        question.id(),
                                        new ServerAnswer.UserInputAnswers.Given(List.of())));
        return new ServerAnswer.UserInputAnswers(given);
    }

    void withdraw(ThreadId thread, TurnId turn) {
        approvals.withdraw(thread, turn);
    }

    private ServerAnswer.Decision decide(TurnHandle turn, ApprovalRequest request) {
        if (turn.settings().policy().approval().equals(ApprovalPolicy.NEVER)) {
            return ServerAnswer.Decision.ACCEPT_FOR_SESSION;
        }
        if (turn.stopping()) {
            return ServerAnswer.Decision.CANCEL;
        }
        return switch (approvals.ask(request)) {
            case Decision.Chosen(Choice choice) ->
                    switch (choice) {
                        case ALLOW_ONCE -> ServerAnswer.Decision.ACCEPT;
                        case ALLOW_ALWAYS -> ServerAnswer.Decision.ACCEPT_FOR_SESSION;
                        case DENY -> ServerAnswer.Decision.DECLINE;
                    };
            case Decision.Answered ignored -> ServerAnswer.Decision.DECLINE;
            case Decision.TimedOut() -> ServerAnswer.Decision.DECLINE;
            case Decision.Unroutable() -> ServerAnswer.Decision.DECLINE;
            case Decision.Withdrawn() ->
                    turn.stopping() ? ServerAnswer.Decision.CANCEL : ServerAnswer.Decision.DECLINE;
        };
    }

    private static ApprovalRequest request(
            Kind kind,
            TurnHandle turn,
            Optional<Origin> origin,
            String title,
            String description,
            Set<Choice> choices) {
        return new ApprovalRequest(
                kind,
                turn.context().session(),
                turn.context().source(),
                origin,
                title,
                description,
                choices,
                List.of());
    }

    private static Question question(ServerRequest.Question question) {
        return new Question(
                question.id(),
                Objects.requireNonNullElse(question.header(), "Question"),
                question.question(),
                question.options().stream()
                        .map(
                                option ->
                                        new Question.Option(
                                                option.label(),
                                                Objects.requireNonNullElse(
                                                        option.description(), "")))
                        .toList(),
                question.isOther() || question.options().isEmpty(),
                question.isSecret());
    }

    private static Optional<Origin> origin(ServerRequest.OfTurn request, String item) {
        return Optional.of(new Origin(request.threadId(), request.turnId(), item));
    }

    private static String suffixed(String item, @Nullable String part) {
        return part == null ? item : item + "#" + part;
    }

    private static String cut(String text) {
        if (text.length() <= COMMAND_CHARS_MAX) {
            return text;
        }
        int half = COMMAND_CHARS_MAX / 2;
        return "%s%n[… %d characters are not shown …]%n%s"
                .formatted(
                        text.substring(0, half),
                        text.length() - 2 * half,
                        text.substring(text.length() - half));
    }

    private static String prefixed(String prefix, @Nullable String text) {
        return text == null || text.isBlank() ? "" : prefix + text;
    }

    private static String lines(String... lines) {
        return Stream.of(lines).filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }
}
