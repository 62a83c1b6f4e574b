package dev.chela.harness.scripted;

import java.time.Duration;
import java.util.Optional;

/** One thing a scripted model does while it answers. */
public sealed interface ReplyStep {

    /**
     * An agent message begins.
     *
     * @param commentary whether it is talk before a tool call rather than the answer
     */
    record MessageBegun(boolean commentary) implements ReplyStep {}

    /** The next piece of the message begun last. */
    record Delta(String text) implements ReplyStep {}

    /** The message begun last is whole. */
    record MessageEnded() implements ReplyStep {}

    /** A reasoning summary. */
    record Reasoned(String summary) implements ReplyStep {}

    /**
     * A call of a function tool.
     *
     * @param arguments JSON text, sent as it is even when it is no JSON
     */
    record FunctionCalled(Optional<String> namespace, String name, String arguments)
            implements ReplyStep {}

    /** A call of a free-form tool such as {@code apply_patch}. */
    record FreeFormCalled(String name, String input) implements ReplyStep {}

    /** A search among the deferred tools. */
    record ToolsSearched(String query) implements ReplyStep {}

    /** Nothing for a while; ends early when the caller has gone or the model closes. */
    record Paused(Duration duration) implements ReplyStep {}

    /** Nothing until the gate opens; ends as {@link Paused} does. */
    record Held(Gate gate) implements ReplyStep {}

    /** Answers with an HTTP error; only as the first step. */
    record HttpFailed(int status, String message) implements ReplyStep {}

    /** Ends the answer with {@code response.failed}. */
    record ResponseFailed(String code, String message) implements ReplyStep {}

    /** Ends the answer by cutting the connection. */
    record Cut() implements ReplyStep {}
}
