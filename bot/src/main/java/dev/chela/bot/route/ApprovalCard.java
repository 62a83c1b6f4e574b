package dev.chela.bot.route;

import static java.util.stream.Collectors.joining;

import dev.chela.channels.Button;
import dev.chela.channels.OutboundMessage;
import dev.chela.commands.Sanitised;
import dev.chela.commands.core.Outcomes;
import dev.chela.harness.Source;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.approval.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How approvals and questions look in a chat: the prompt with its buttons, then the outcome. */
final class ApprovalCard {

    /** Telegram shows a button's whole label up to about this. */
    private static final int LABEL_CHARS_MAX = 40;

    private static final int DESCRIPTION_CHARS_MAX = 2_300;
    private static final int QUESTION_CHARS_MAX = 1_000;
    private static final int ANSWER_CHARS_MAX = 200;

    private ApprovalCard() {}

    /** The prompt: buttons where the channel has them, and always the words to type instead. */
    static OutboundMessage open(Approval approval) {
        return approval.request().kind() == ApprovalRequest.Kind.QUESTION
                ? question(approval)
                : approval(approval);
    }

    /** The prompt for a chat that it does not come from: who asked is not seen there. */
    static OutboundMessage elsewhere(Approval approval) {
        OutboundMessage card = open(approval);
        Source source = approval.request().source();
        return OutboundMessage.of(
                        "*For %s (%s), who asked in %s on %s.*\n\n%s"
                                .formatted(
                                        Sanitised.line(source.askerName(), LABEL_CHARS_MAX),
                                        Sanitised.code(source.askerId(), LABEL_CHARS_MAX),
                                        source.kind() == Source.Kind.DIRECT
                                                ? "a private chat"
                                                : "a group",
                                        Sanitised.line(source.channel(), LABEL_CHARS_MAX),
                                        card.markdown()))
                .withButtons(card.buttons());
    }

    /** What the prompt is changed to when it ended. */
    static OutboundMessage settled(Approval approval) {
        if (approval.request().kind() == ApprovalRequest.Kind.QUESTION) {
            return OutboundMessage.of(
                    approval.request().questions().stream()
                            .map(question -> asked(question, approval))
                            .collect(joining("\n\n")));
        }
        return OutboundMessage.of(
                "**%s**\n\n*Approval: %s*"
                        .formatted(
                                Sanitised.line(approval.request().title(), LABEL_CHARS_MAX * 2),
                                Outcomes.describe(approval)));
    }

    private static String asked(Question question, Approval approval) {
        List<String> answers =
                approval.decision()
                        .filter(Decision.Answered.class::isInstance)
                        .map(Decision.Answered.class::cast)
                        .map(given -> given.answers().getOrDefault(question.id(), List.of()))
                        .orElse(List.of());
        return "**%s**\n\n*%s*"
                .formatted(
                        Sanitised.line(question.text(), QUESTION_CHARS_MAX),
                        end(question, approval, answers));
    }

    private static String end(Question question, Approval approval, List<String> answers) {
        if (approval.decision().filter(Decision.Answered.class::isInstance).isEmpty()) {
            return "Question: " + Outcomes.describe(approval);
        }
        if (answers.isEmpty()) {
            return "Not answered";
        }
        return question.secret()
                ? "Question: answered"
                : "Answered: " + Sanitised.line(String.join(", ", answers), ANSWER_CHARS_MAX);
    }

    /** For a group in which an agent wanted to ask for a secret. */
    static OutboundMessage secret() {
        return OutboundMessage.of(
                "The agent wanted to ask for something secret. It is not asked in a group; write to"
                        + " me directly and let it ask there.");
    }

    /** For the chat an approval came from, while somebody else is asked; says nothing of it. */
    static OutboundMessage waiting() {
        return OutboundMessage.of("*An approver was asked; the agent waits for the decision.*");
    }

    /** What {@link #waiting} is changed to when it ended. */
    static OutboundMessage decided(Approval approval) {
        return OutboundMessage.of("*Approval: %s*".formatted(Outcomes.describe(approval)));
    }

    private static OutboundMessage approval(Approval approval) {
        ApprovalRequest request = approval.request();
        List<Button> row =
                request.choices().stream()
                        .sorted(Comparator.naturalOrder())
                        .map(choice -> button(approval, choice))
                        .toList();
        String words =
                request.choices().stream()
                        .sorted(Comparator.naturalOrder())
                        .map(Choice::word)
                        .reduce((a, b) -> a + "|" + b)
                        .orElse(Choice.DENY.word());
        return OutboundMessage.of(
                        "**Approval needed:** %s\n\n```\n%s\n```\n`/approve %s %s`%s"
                                .formatted(
                                        Sanitised.line(request.title(), LABEL_CHARS_MAX * 2),
                                        block(request.description()),
                                        approval.id(),
                                        words,
                                        reach(request)))
                .withButtons(List.of(row));
    }

    /** Where Codex takes <em>always</em> for more than what is shown. Observed on 0.169. */
    private static String reach(ApprovalRequest request) {
        if (!request.choices().contains(Choice.ALLOW_ALWAYS)) {
            return "";
        }
        return switch (request.kind()) {
            case MCP_TOOL ->
                    "\n*Allowed in this session, it is not asked about again, whatever it is"
                            + " given.*";
            case FILE_CHANGE ->
                    "\n*Allowed in this session, these files are not asked about again, whatever is"
                            + " written.*";
            case COMMAND, PERMISSIONS, CHAT_COMMAND, QUESTION -> "";
        };
    }

    private static OutboundMessage question(Approval approval) {
        StringBuilder text = new StringBuilder("**The agent asks:**\n");
        List<List<Button>> rows = new ArrayList<>();
        List<Question> questions = approval.request().questions();
        for (Question question : questions) {
            text.append('\n')
                    .append(Sanitised.line(question.text(), QUESTION_CHARS_MAX))
                    .append('\n');
            for (int at = 0; at < question.options().size(); at++) {
                Question.Option option = question.options().get(at);
                text.append(
                        "%d. **%s** %s\n"
                                .formatted(
                                        at + 1,
                                        Sanitised.line(option.label(), LABEL_CHARS_MAX),
                                        Sanitised.line(option.description(), QUESTION_CHARS_MAX)));
                if (questions.size() == 1) {
                    rows.add(
                            List.of(
                                    new Button(
                                            clip(option.label()),
                                            "answer:%s:%d".formatted(approval.id(), at + 1),
                                            Button.Style.SECONDARY)));
                }
            }
        }
        text.append('\n').append(how(approval.request().source(), questions.size() == 1));
        return OutboundMessage.of(text.toString()).withButtons(rows);
    }

    /** Among others everybody reads it, and one person's message counts. */
    private static String how(Source source, boolean single) {
        if (source.kind() == Source.Kind.DIRECT) {
            return single
                    ? "Your next message is the answer."
                    : "Answer with one line for each question.";
        }
        String whose =
                source.askerName().isBlank()
                        ? "of whoever asked for this"
                        : "of **%s**"
                                .formatted(Sanitised.line(source.askerName(), LABEL_CHARS_MAX));
        return "The next message %s is the answer%s."
                .formatted(whose, single ? "" : ", with one line for each question");
    }

    private static Button button(Approval approval, Choice choice) {
        String data = "approval:%s:%s".formatted(approval.id(), choice.word());
        return switch (choice) {
            case ALLOW_ONCE -> new Button("Allow once", data, Button.Style.PRIMARY);
            case ALLOW_ALWAYS -> new Button(always(approval), data, Button.Style.SECONDARY);
            case DENY -> new Button("Deny", data, Button.Style.DANGER);
        };
    }

    private static String always(Approval approval) {
        return approval.request().kind() == ApprovalRequest.Kind.CHAT_COMMAND
                ? "Always allow"
                : "Allow in this session";
    }

    private static String block(String foreign) {
        String safe = foreign.replace("```", "'''");
        return safe.length() <= DESCRIPTION_CHARS_MAX
                ? safe
                : safe.substring(0, DESCRIPTION_CHARS_MAX) + "…";
    }

    private static String clip(String label) {
        return label.length() <= LABEL_CHARS_MAX
                ? label
                : label.substring(0, LABEL_CHARS_MAX) + "…";
    }
}
