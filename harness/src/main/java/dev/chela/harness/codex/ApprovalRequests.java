package dev.chela.harness.codex;

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
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.tools.Fingerprint;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts Codex's approvals and questions to people and their decisions into Codex's words. */
final class ApprovalRequests {

    private static final Set<Choice> ALL = EnumSet.allOf(Choice.class);
    private static final int COMMAND_CHARS_MAX = 1_700;

    private final Approvals approvals;
    private final Decisions decisions;

    ApprovalRequests(Approvals approvals, Decisions decisions) {
        this.approvals = approvals;
        this.decisions = decisions;
    }

    ServerAnswer.Decision command(ServerRequest.CommandApproval request, TurnHandle turn) {
        String command =
                ItemTitles.bare(Objects.requireNonNullElse(request.command(), "a command"));
        return decisions.of(
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
        Path workspace = Path.of(turn.settings().folderThere());
        Optional<ThreadItem.FileChange> patch = turn.patches().of(request.itemId());
        return decisions.of(
                turn,
                request(
                        Kind.FILE_CHANGE,
                        turn,
                        origin(request, request.itemId()),
                        "Edit "
                                + ItemTitles.files(
                                        patch.map(ThreadItem.FileChange::changes)
                                                .orElse(List.of())),
                        lines(
                                patch.map(known -> cut(Patches.words(known, workspace)))
                                        .orElse("which files is not known any more"),
                                "in " + workspace,
                                prefixed("wants to write below ", request.grantRoot()),
                                prefixed("because ", request.reason())),
                        ALL));
    }

    ServerAnswer.PermissionsGrant permissions(
            ServerRequest.PermissionsApproval request, TurnHandle turn) {
        ServerAnswer.Decision decision =
                decisions.of(
                        turn,
                        request(
                                        Kind.PERMISSIONS,
                                        turn,
                                        origin(request, request.itemId()),
                                        "Grant more rights",
                                        lines(
                                                cut(Rights.words(request.permissions())),
                                                prefixed("in ", request.cwd()),
                                                prefixed("because ", request.reason())),
                                        ALL)
                                .rememberedAs(fingerprint(request, turn)));
        return switch (decision) {
            case ACCEPT -> new ServerAnswer.PermissionsGrant(request.permissions(), "turn");
            case ACCEPT_FOR_SESSION ->
                    new ServerAnswer.PermissionsGrant(request.permissions(), "session");
            case DECLINE, CANCEL -> ServerAnswer.PermissionsGrant.none();
        };
    }

    /** Exactly this: any other right, folder or session is another. */
    private static String fingerprint(ServerRequest.PermissionsApproval request, TurnHandle turn) {
        return Fingerprint.of(
                List.of(
                        "provider=codex",
                        "session=" + turn.context().session(),
                        "tool=permissions",
                        "input=" + JsonWords.canonical(request.permissions()),
                        "cwd=" + request.cwd()));
    }

    ServerAnswer.UserInputAnswers questions(
            ServerRequest.UserInputRequest request, TurnHandle turn) {
        boolean secretInPublic =
                turn.context().source().kind() != Source.Kind.DIRECT
                        && request.questions().stream().anyMatch(ServerRequest.Question::isSecret);
        if (request.questions().isEmpty()) {
            return unanswered(request);
        }
        ApprovalRequest question = question(request, turn);
        if (secretInPublic) {
            approvals.refuse(question);
            return unanswered(request);
        }
        Decision decision = approvals.ask(question);
        if (!(decision instanceof Decision.Answered(Map<String, List<String>> answers))) {
            return unanswered(request);
        }
        Map<String, ServerAnswer.UserInputAnswers.Given> given = new LinkedHashMap<>();
        answers.forEach(
                (id, texts) -> given.put(id, new ServerAnswer.UserInputAnswers.Given(texts)));
        return new ServerAnswer.UserInputAnswers(given);
    }

    private static ApprovalRequest question(
            ServerRequest.UserInputRequest request, TurnHandle turn) {
        List<Question> questions =
                request.questions().stream().map(ApprovalRequests::question).toList();
        return new ApprovalRequest(
                Kind.QUESTION,
                turn.context().session(),
                turn.context().source(),
                origin(request, request.itemId()),
                questions.getFirst().header(),
                questions.getFirst().text(),
                Set.of(),
                questions);
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

    void turnOver(ThreadId thread, TurnId turn) {
        approvals.turnOver(thread, turn);
    }

    /** Somebody else answered it, or the server needs it no longer. */
    void withdraw(ServerRequest request) {
        originOf(request).ifPresent(approvals::withdraw);
    }

    private static Optional<Origin> originOf(ServerRequest request) {
        return switch (request) {
            case ServerRequest.CommandApproval command ->
                    origin(command, suffixed(command.itemId(), command.approvalId()));
            case ServerRequest.FileChangeApproval change -> origin(change, change.itemId());
            case ServerRequest.PermissionsApproval rights -> origin(rights, rights.itemId());
            case ServerRequest.UserInputRequest questions -> origin(questions, questions.itemId());
            case ServerRequest.Elicitation elicitation -> ToolElicitations.origin(elicitation);
            case ServerRequest.ToolCall call -> Optional.empty();
            case ServerRequest.AuthTokensRefresh refresh -> Optional.empty();
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
