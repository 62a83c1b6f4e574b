package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something the server asks; it waits without limit for the answer. A request that comes again, to
 * a client that resumed the thread, has a new id and the same contents.
 */
public sealed interface ServerRequest {

    /** The thread it is about, if it is about one. */
    default Optional<ThreadId> about() {
        return Optional.empty();
    }

    /** Whether a person decides it, at whichever client. */
    default boolean isForPeople() {
        return !(this instanceof ToolCall) && !(this instanceof AuthTokensRefresh);
    }

    /** About a turn. */
    sealed interface OfTurn extends ServerRequest {

        ThreadId threadId();

        TurnId turnId();

        @Override
        default Optional<ThreadId> about() {
            return Optional.of(threadId());
        }
    }

    /**
     * May this command run? Answered by {@link ServerAnswer.CommandDecision}.
     *
     * @param itemId the command's item
     * @param approvalId tells several questions about one item apart
     * @param kind {@code command}, {@code writeStdin}, {@code humanCommand}
     * @param availableDecisions what may be answered; more is accepted
     */
    record CommandApproval(
            ThreadId threadId,
            TurnId turnId,
            String itemId,
            @Nullable String approvalId,
            @Nullable String kind,
            @Nullable String command,
            @Nullable String cwd,
            @Nullable String reason,
            List<String> proposedExecpolicyAmendment,
            List<JsonNode> availableDecisions,
            @Nullable JsonNode networkApprovalContext,
            @Nullable JsonNode additionalPermissions)
            implements OfTurn {

        public CommandApproval {
            proposedExecpolicyAmendment = Copies.of(proposedExecpolicyAmendment);
            availableDecisions = Copies.of(availableDecisions);
        }
    }

    /**
     * May this patch be applied? Answered by {@link ServerAnswer.FileChangeDecision}.
     *
     * @param itemId the patch's item, which holds the diff
     */
    record FileChangeApproval(
            ThreadId threadId,
            TurnId turnId,
            String itemId,
            @Nullable String reason,
            @Nullable String grantRoot)
            implements OfTurn {}

    /** May the agent have more rights? Answered by {@link ServerAnswer.PermissionsGrant}. */
    record PermissionsApproval(
            ThreadId threadId,
            TurnId turnId,
            String itemId,
            @Nullable String reason,
            @Nullable String cwd,
            JsonNode permissions)
            implements OfTurn {}

    /** The agent has questions. Answered by {@link ServerAnswer.UserInputAnswers}. */
    record UserInputRequest(
            ThreadId threadId,
            TurnId turnId,
            String itemId,
            List<Question> questions,
            boolean isBlocking,
            @Nullable Long autoResolutionMs)
            implements OfTurn {

        public UserInputRequest {
            questions = Copies.of(questions);
        }
    }

    /** One question to a person; foreign text. */
    record Question(
            String id,
            String header,
            String question,
            boolean isOther,
            boolean isSecret,
            List<Option> options) {

        public Question {
            options = Copies.of(options);
        }
    }

    /** A suggested answer. */
    record Option(String label, @Nullable String description) {}

    /**
     * An MCP server asks a person, or the server asks about an MCP tool. Answered by {@link
     * ServerAnswer.ElicitationAnswer}.
     *
     * @param mode {@code form}, {@code url}, …
     * @param meta holds {@code codex_approval_kind} when this is an approval
     */
    record Elicitation(
            @Nullable ThreadId threadId,
            @Nullable TurnId turnId,
            @Nullable String serverName,
            @Nullable String mode,
            @Nullable String message,
            @Nullable JsonNode requestedSchema,
            @Nullable String url,
            @JsonProperty("_meta") @Nullable JsonNode meta)
            implements ServerRequest {

        @Override
        public Optional<ThreadId> about() {
            return Optional.ofNullable(threadId);
        }
    }

    /**
     * The agent calls a tool of ours. Answered by {@link ServerAnswer.ToolAnswer}.
     *
     * @param callId the same when the call comes again; may repeat in another turn
     */
    record ToolCall(
            ThreadId threadId,
            TurnId turnId,
            String callId,
            @Nullable String namespace,
            String tool,
            JsonNode arguments)
            implements OfTurn {}

    /** The tokens we gave are used up. Answered by {@link ServerAnswer.AuthTokens}. */
    record AuthTokensRefresh(@Nullable String reason, @Nullable String previousAccountId)
            implements ServerRequest {}
}
