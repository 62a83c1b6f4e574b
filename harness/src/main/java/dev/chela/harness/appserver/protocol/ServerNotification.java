package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something the server tells. */
public sealed interface ServerNotification {

    /** Its name on the wire. */
    default String method() {
        return ServerMethods.nameOf(this);
    }

    /** The thread it is about, if it is about one. */
    default Optional<ThreadId> about() {
        return Optional.empty();
    }

    /** About a thread. */
    sealed interface OfThread extends ServerNotification {

        ThreadId threadId();

        @Override
        default Optional<ThreadId> about() {
            return Optional.of(threadId());
        }
    }

    /** About a turn. */
    sealed interface OfTurn extends OfThread {

        TurnId turnId();
    }

    /** More text of an item; a preview, the completed item holds all of it. */
    sealed interface Delta extends OfTurn {

        String itemId();

        String delta();

        /** Which part of the item grows; 0 where an item has one only. */
        default int part() {
            return 0;
        }

        /** The same with more text behind it. */
        Delta append(String more);
    }

    /** A thread exists; goes to every client. */
    record ThreadStarted(CodexThread thread) implements ServerNotification {
        @Override
        public Optional<ThreadId> about() {
            return Optional.of(thread.id());
        }
    }

    /** A thread became busy or idle; goes to every client. */
    record ThreadStatusChanged(ThreadId threadId, ThreadStatus status) implements OfThread {}

    /** A thread has a name. */
    record ThreadNameUpdated(ThreadId threadId, @Nullable String threadName) implements OfThread {}

    /** A thread left memory. */
    record ThreadClosed(ThreadId threadId) implements OfThread {}

    /** A thread was archived. */
    record ThreadArchived(ThreadId threadId) implements OfThread {}

    /** A model call was counted. */
    record TokenUsageUpdated(ThreadId threadId, TurnId turnId, TokenUsage tokenUsage)
            implements OfTurn {}

    /** A turn runs; perhaps one that nobody here asked for. */
    record TurnStarted(ThreadId threadId, CodexTurn turn) implements OfTurn {
        @Override
        public TurnId turnId() {
            return turn.id();
        }
    }

    /** A turn ended: the only signal of that. Its items are a summary at most. */
    record TurnCompleted(ThreadId threadId, CodexTurn turn) implements OfTurn {
        @Override
        public TurnId turnId() {
            return turn.id();
        }
    }

    /** The plan of a turn changed. */
    record TurnPlanUpdated(
            ThreadId threadId, TurnId turnId, @Nullable String explanation, List<PlanStep> plan)
            implements OfTurn {

        public TurnPlanUpdated {
            plan = Copies.of(plan);
        }
    }

    /** A step of a plan. */
    record PlanStep(String step, String status) {}

    /** An item began. */
    record ItemStarted(ThreadId threadId, TurnId turnId, ThreadItem item) implements OfTurn {}

    /** An item finished, with everything it is. */
    record ItemCompleted(ThreadId threadId, TurnId turnId, ThreadItem item) implements OfTurn {}

    /** More text of an agent message. */
    record AgentMessageDelta(ThreadId threadId, TurnId turnId, String itemId, String delta)
            implements Delta {
        @Override
        public AgentMessageDelta append(String more) {
            return new AgentMessageDelta(threadId, turnId, itemId, delta + more);
        }
    }

    /** More output of a command. */
    record CommandOutputDelta(ThreadId threadId, TurnId turnId, String itemId, String delta)
            implements Delta {
        @Override
        public CommandOutputDelta append(String more) {
            return new CommandOutputDelta(threadId, turnId, itemId, delta + more);
        }
    }

    /** More text of a reasoning summary. */
    record ReasoningSummaryDelta(
            ThreadId threadId, TurnId turnId, String itemId, int summaryIndex, String delta)
            implements Delta {
        @Override
        public int part() {
            return summaryIndex;
        }

        @Override
        public ReasoningSummaryDelta append(String more) {
            return new ReasoningSummaryDelta(threadId, turnId, itemId, summaryIndex, delta + more);
        }
    }

    /** More raw reasoning. */
    record ReasoningTextDelta(
            ThreadId threadId, TurnId turnId, String itemId, int contentIndex, String delta)
            implements Delta {
        @Override
        public int part() {
            return contentIndex;
        }

        @Override
        public ReasoningTextDelta append(String more) {
            return new ReasoningTextDelta(threadId, turnId, itemId, contentIndex, delta + more);
        }
    }

    /** More text of a plan. */
    record PlanDelta(ThreadId threadId, TurnId turnId, String itemId, String delta)
            implements Delta {
        @Override
        public PlanDelta append(String more) {
            return new PlanDelta(threadId, turnId, itemId, delta + more);
        }
    }

    /** A reasoning summary has a new part. */
    record ReasoningSummaryPartAdded(
            ThreadId threadId, TurnId turnId, String itemId, int summaryIndex) implements OfTurn {}

    /** A patch changed while the model writes it. */
    record FileChangePatchUpdated(
            ThreadId threadId, TurnId turnId, String itemId, List<ThreadItem.Change> changes)
            implements OfTurn {

        public FileChangePatchUpdated {
            changes = Copies.of(changes);
        }
    }

    /** An MCP tool tells how far it is. */
    record McpToolCallProgress(ThreadId threadId, TurnId turnId, String itemId, String message)
            implements OfTurn {}

    /** A history item as it went to the model; only on threads started for it. */
    record RawResponseItemCompleted(ThreadId threadId, TurnId turnId, JsonNode item)
            implements OfTurn {}

    /** A hook began. */
    record HookStarted(ThreadId threadId, @Nullable TurnId turnId, HookRun run)
            implements OfThread {}

    /** A hook ended. */
    record HookCompleted(ThreadId threadId, @Nullable TurnId turnId, HookRun run)
            implements OfThread {}

    /** The server's own reviewer looks at an approval. */
    record AutoReviewStarted(ThreadId threadId, TurnId turnId, @Nullable JsonNode review)
            implements OfTurn {}

    /** The server's own reviewer decided. */
    record AutoReviewCompleted(ThreadId threadId, TurnId turnId, @Nullable JsonNode review)
            implements OfTurn {}

    /** Something failed; with {@code willRetry} it is progress, not failure. */
    record Error(ThreadId threadId, TurnId turnId, TurnError error, boolean willRetry)
            implements OfTurn {}

    /** A remark. */
    record Warning(@Nullable ThreadId threadId, String message) implements ServerNotification {
        @Override
        public Optional<ThreadId> about() {
            return Optional.ofNullable(threadId);
        }
    }

    /** A remark of the server's own reviewer. */
    record GuardianWarning(ThreadId threadId, String message) implements OfThread {}

    /** A remark about the server's config. */
    record ConfigWarning(String summary, @Nullable String details) implements ServerNotification {}

    /** A remark about something that will go away. */
    record DeprecationNotice(String summary, @Nullable String details)
            implements ServerNotification {}

    /** A request of the server needs no answer any more. */
    record ServerRequestResolved(ThreadId threadId, RpcId requestId) implements OfThread {}

    /** The allowance changed. */
    record RateLimitsUpdated(RateLimits rateLimits) implements ServerNotification {}

    /** A sign-in ended. */
    record LoginCompleted(@Nullable String loginId, boolean success, @Nullable String error)
            implements ServerNotification {}

    /** Somebody is signed in, or nobody. */
    record AccountUpdated(@Nullable String authMode, @Nullable String planType)
            implements ServerNotification {}

    /** An MCP server starts, or failed to. */
    record McpServerStatusUpdated(String name, @Nullable String status, @Nullable String error)
            implements ServerNotification {}

    /** A notification that this version of Chela does not know, or could not read. */
    record Unknown(String method, JsonNode raw) implements ServerNotification {
        @Override
        public Optional<ThreadId> about() {
            JsonNode id = raw.path("threadId");
            return id.isTextual() ? Optional.of(new ThreadId(id.asText())) : Optional.empty();
        }
    }
}
