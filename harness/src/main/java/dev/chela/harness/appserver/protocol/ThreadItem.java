package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ThreadId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a turn. It starts once and completes only if it finished: a steer, an interrupt or a
 * cut stream leaves it open for ever.
 */
public sealed interface ThreadItem {

    String id();

    /**
     * What a person said.
     *
     * @param clientId our input key, come back: proof that this input was taken
     */
    record UserMessage(String id, @Nullable String clientId, List<UserInput> content)
            implements ThreadItem {

        public UserMessage {
            content = Copies.of(content);
        }
    }

    /** What a hook told the model. */
    record HookPrompt(String id, List<JsonNode> fragments) implements ThreadItem {

        public HookPrompt {
            fragments = Copies.of(fragments);
        }
    }

    /** What the agent said. */
    record AgentMessage(String id, String text, @Nullable MessagePhase phase)
            implements ThreadItem {}

    /** What the agent plans. */
    record Plan(String id, String text) implements ThreadItem {}

    /** What the model thought, where it shows that. */
    record Reasoning(String id, List<String> summary, List<String> content) implements ThreadItem {

        public Reasoning {
            summary = Copies.of(summary);
            content = Copies.of(content);
        }
    }

    /**
     * A command that the agent ran.
     *
     * @param aggregatedOutput absent for a silent command
     */
    record CommandExecution(
            String id,
            String command,
            @Nullable String cwd,
            @Nullable ItemStatus status,
            @Nullable String processId,
            @Nullable String source,
            @Nullable Integer exitCode,
            @Nullable String aggregatedOutput,
            @Nullable Long durationMs)
            implements ThreadItem {}

    /** A patch that the agent applied. */
    record FileChange(String id, List<Change> changes, @Nullable ItemStatus status)
            implements ThreadItem {

        public FileChange {
            changes = Copies.of(changes);
        }
    }

    /** A call of a tool of ours. */
    record DynamicToolCall(
            String id,
            @Nullable String namespace,
            String tool,
            @Nullable JsonNode arguments,
            @Nullable ItemStatus status,
            @Nullable Boolean success,
            List<ToolContent> contentItems,
            @Nullable Long durationMs)
            implements ThreadItem {

        public DynamicToolCall {
            contentItems = Copies.of(contentItems);
        }
    }

    /** A call of an MCP server's tool. */
    record McpToolCall(
            String id,
            String server,
            String tool,
            @Nullable JsonNode arguments,
            @Nullable ItemStatus status,
            @Nullable JsonNode result,
            @Nullable JsonNode error,
            @Nullable Long durationMs)
            implements ThreadItem {}

    /** A web search. */
    record WebSearch(String id, String query, @Nullable JsonNode action) implements ThreadItem {}

    /** A picture that the agent looked at. */
    record ImageView(String id, String path) implements ThreadItem {}

    /**
     * A picture that the agent made.
     *
     * @param result the picture itself, base64
     */
    record ImageGeneration(
            String id,
            @Nullable String status,
            @Nullable String revisedPrompt,
            @Nullable String savedPath,
            @Nullable String result,
            @Nullable String fileId)
            implements ThreadItem {}

    /** Work handed to another agent of the server. */
    record CollabAgentToolCall(
            String id,
            @Nullable String tool,
            @Nullable ItemStatus status,
            @Nullable ThreadId senderThreadId,
            @Nullable String prompt)
            implements ThreadItem {}

    /** A review begins. */
    record EnteredReviewMode(String id, String review) implements ThreadItem {}

    /** A review ended with this text. */
    record ExitedReviewMode(String id, String review) implements ThreadItem {}

    /** The history was compacted. */
    record ContextCompaction(String id) implements ThreadItem {}

    /** An item that this version of Chela does not know. */
    record Unknown(String id, String type, @JsonValue JsonNode raw) implements ThreadItem {}

    /**
     * One file of a patch.
     *
     * @param kind {@code {"type":"add"|"delete"|"update"}}
     */
    record Change(String path, @Nullable JsonNode kind, @Nullable String diff) {}
}
