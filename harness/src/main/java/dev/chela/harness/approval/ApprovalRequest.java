package dev.chela.harness.approval;

import dev.chela.harness.Legible;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something somebody has to say yes, no or more to.
 *
 * @param source where it is asked and on whose behalf
 * @param origin where Codex asked it; empty for askers outside a turn
 * @param title at most 80 characters; longer is cut
 * @param description at most 2 200 characters; longer is cut: who allows a command must see it
 * @param choices what may be chosen; empty for questions
 * @param questions empty for approvals
 * @param fingerprint names exactly what is asked for, where <em>always</em> is remembered here and
 *     not by Codex
 */
public record ApprovalRequest(
        Kind kind,
        SessionKey session,
        Source source,
        Optional<Origin> origin,
        String title,
        String description,
        Set<Choice> choices,
        List<Question> questions,
        Optional<String> fingerprint) {

    private static final int TITLE_CHARS_MAX = 80;
    private static final int DESCRIPTION_CHARS_MAX = 2_200;
    private static final List<String> WITHHELD = List.of("(secret)");

    public ApprovalRequest {
        title = Legible.line(title, TITLE_CHARS_MAX);
        description = Legible.block(description, DESCRIPTION_CHARS_MAX);
        choices = Set.copyOf(choices);
        questions = List.copyOf(questions);
    }

    /** A request whose <em>always</em> is nothing for Chela to remember. */
    public ApprovalRequest(
            Kind kind,
            SessionKey session,
            Source source,
            Optional<Origin> origin,
            String title,
            String description,
            Set<Choice> choices,
            List<Question> questions) {
        this(
                kind,
                session,
                source,
                origin,
                title,
                description,
                choices,
                questions,
                Optional.empty());
    }

    /** The same, remembered under {@code print} when somebody chooses <em>always</em>. */
    public ApprovalRequest rememberedAs(String print) {
        return new ApprovalRequest(
                kind,
                session,
                source,
                origin,
                title,
                description,
                choices,
                questions,
                Optional.of(print));
    }

    /** The same decision without what was answered in secret. */
    Decision discreet(Decision decision) {
        if (!(decision instanceof Decision.Answered(Map<String, List<String>> answers))) {
            return decision;
        }
        Map<String, List<String>> shown = new LinkedHashMap<>(answers);
        questions.stream()
                .filter(Question::secret)
                .forEach(
                        secret ->
                                shown.computeIfPresent(
                                        secret.id(),
                                        (id, said) -> said.isEmpty() ? said : WITHHELD));
        return new Decision.Answered(shown);
    }

    /** What is asked for. */
    public enum Kind {
        COMMAND,
        FILE_CHANGE,
        PERMISSIONS,
        MCP_TOOL,
        /** A chat command asks: {@code /codex bind}, {@code /diagnostics}. */
        CHAT_COMMAND,
        QUESTION;

        /**
         * Whether Codex may ask the same twice in a turn under one name: then a decision that its
         * asker took counts for that once only.
         */
        boolean recurs() {
            return this == MCP_TOOL;
        }
    }
}
