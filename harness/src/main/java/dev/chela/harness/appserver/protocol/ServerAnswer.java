package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What we answer to a {@link ServerRequest}. */
public sealed interface ServerAnswer {

    /** Whether a command may run: a word, or an object with one key. */
    record CommandDecision(JsonNode decision) implements ServerAnswer {

        public static CommandDecision of(Decision decision) {
            return new CommandDecision(TextNode.valueOf(decision.wire));
        }

        /** Runs it and never asks again for commands that begin so: permanent and home-wide. */
        public static CommandDecision acceptAlways(List<String> prefix) {
            var node = JsonNodeFactory.instance.objectNode();
            var words = node.putObject("acceptWithExecpolicyAmendment");
            prefix.forEach(words.putArray("execpolicy_amendment")::add);
            return new CommandDecision(node);
        }
    }

    /** Whether a patch may be applied. */
    record FileChangeDecision(Decision decision) implements ServerAnswer {}

    /** The words that decide. */
    enum Decision {
        /** Yes, this once. */
        @JsonProperty("accept")
        ACCEPT("accept"),
        /** Yes, and do not ask for the same again on this thread. */
        @JsonProperty("acceptForSession")
        ACCEPT_FOR_SESSION("acceptForSession"),
        /** No; the turn goes on. */
        @JsonProperty("decline")
        DECLINE("decline"),
        /** No; the turn ends. */
        @JsonProperty("cancel")
        CANCEL("cancel");

        private final String wire;

        Decision(String wire) {
            this.wire = wire;
        }
    }

    /**
     * The rights granted; an empty object grants none.
     *
     * @param scope {@code turn} or {@code session}
     */
    record PermissionsGrant(JsonNode permissions, String scope) implements ServerAnswer {

        public static PermissionsGrant none() {
            return new PermissionsGrant(JsonNodeFactory.instance.objectNode(), "turn");
        }
    }

    /** Answers by question id. */
    record UserInputAnswers(Map<String, Given> answers) implements ServerAnswer {

        public UserInputAnswers {
            answers = Copies.of(answers);
        }

        /** What was chosen or typed. */
        public record Given(List<String> answers) {

            public Given {
                answers = Copies.of(answers);
            }
        }
    }

    /**
     * What a person said to an elicitation; nulls are sent.
     *
     * @param action {@code accept}, {@code decline}, {@code cancel}
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ElicitationAnswer(
            String action,
            @Nullable JsonNode content,
            @JsonProperty("_meta") @Nullable JsonNode meta)
            implements ServerAnswer {}

    /** What a tool of ours answers; the model sees the contents only, never {@code success}. */
    record ToolAnswer(boolean success, List<ToolContent> contentItems) implements ServerAnswer {

        public ToolAnswer {
            contentItems = Copies.of(contentItems);
        }

        public static ToolAnswer of(boolean success, String text) {
            return new ToolAnswer(success, List.of(ToolContent.text(text)));
        }
    }

    /** Fresh tokens. */
    record AuthTokens(String accessToken, String chatgptAccountId, @Nullable String chatgptPlanType)
            implements ServerAnswer {

        @Override
        public String toString() {
            return "AuthTokens[***]";
        }
    }
}
