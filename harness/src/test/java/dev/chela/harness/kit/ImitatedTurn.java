package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.harness.scripted.ModelRequest;
import dev.chela.harness.scripted.ReplySink;
import dev.chela.harness.scripted.ReplyStep;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One turn of the imitated server, run on a thread of its own: model calls and tool calls by turns
 * until the model wants nothing more. A steer throws the running answer away; an interrupt ends the
 * turn and loses steers that were not taken yet.
 */
final class ImitatedTurn implements ReplySink {

    private final ImitatedThread thread;
    private final String id = ImitatedCodex.freshId();
    private final Deque<Input> inputs = new ArrayDeque<>();
    private final List<ModelCall> calls = new ArrayList<>();
    private final CompletableFuture<Void> interruption = new CompletableFuture<>();
    private final @Nullable ImitatedReview review;
    private int retries;
    private boolean revised;
    private @Nullable ObjectNode lastAnswer;

    ImitatedTurn(ImitatedThread thread, Input first) {
        this(thread, first, null);
    }

    /** A reviewer's turn follows the review that it is part of. */
    ImitatedTurn(ImitatedThread thread, Input first, @Nullable ImitatedReview review) {
        this.thread = thread;
        this.review = review;
        inputs.add(first);
    }

    /** What a client said, and its name for that. */
    record Input(@Nullable String clientId, JsonNode parts) {}

    /** Leaves the running answer because there is something else to do. */
    private static final class AnswerDropped extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The model failed. */
    private static final class ModelFailed extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient JsonNode info;

        ModelFailed(String message, JsonNode info) {
            super(message);
            this.info = info;
        }
    }

    String id() {
        return id;
    }

    /** The id by which it is read and interrupted: of a review it is the reviewer's own. */
    String stored() {
        return review == null ? id : review.stored(this);
    }

    boolean isReview() {
        return review != null;
    }

    void steer(Input input) {
        synchronized (inputs) {
            inputs.add(input);
        }
    }

    void interrupt() {
        interruption.complete(null);
    }

    /** Ends when the turn is asked to stop; tools wait for it beside their own end. */
    CompletableFuture<Void> interruption() {
        return interruption;
    }

    void run() {
        thread.addTurn(stored());
        thread.status("active");
        if (review == null) {
            notify("turn/started", Json.object("turn", turn("inProgress", Json.array(), null)));
        } else {
            review.enter(this);
        }
        retries = thread.config("model_providers.scripted.stream_max_retries").asInt();
        try {
            compactIfFull();
            loop();
            if (review != null) {
                lastAnswer = review.exit(thread, this);
            }
            end("completed", null);
        } catch (AnswerDropped e) {
            thread.resolveAll();
            userMessageToModel("<turn_aborted>aborted by user</turn_aborted>");
            lastAnswer = null;
            end("interrupted", null);
        } catch (ModelFailed e) {
            fail(Shapes.error(e.getMessage(), e.info));
        } catch (IOException e) {
            fail(Shapes.error(e.getMessage(), Json.array("other").get(0)));
        } finally {
            thread.ran();
            synchronized (inputs) {
                thread.codex().lost(inputs.size());
            }
        }
    }

    private void loop() throws IOException {
        var more = true;
        while (more) {
            takeInputs();
            calls.clear();
            try {
                var request = ModelRequest.of(ModelBody.of(thread));
                thread.codex().player().play(thread.codex().mind().answer(request), this);
            } catch (AnswerDropped e) {
                if (interruption.isDone()) {
                    throw e;
                }
                continue;
            }
            for (var call : calls) {
                thread.addHistory(call.historyItem());
            }
            new ToolRunner(thread, this).run(List.copyOf(calls));
            checkInterrupted();
            revise();
            synchronized (inputs) {
                more = !calls.isEmpty() || !inputs.isEmpty();
                if (!more) {
                    // From here on a turn/start begins a turn of its own.
                    thread.ran();
                }
            }
        }
    }

    /** A hook may want another answer, which the model is asked for in the same turn. */
    private void revise() {
        if (calls.isEmpty() && lastAnswer != null && review == null) {
            new HookRuns(thread, this)
                    .beforeEnd(lastAnswer.path("text").asText(), revised)
                    .ifPresent(
                            reason -> {
                                revised = true;
                                var words = "<hook_prompt>" + reason + "</hook_prompt>";
                                var part = Json.object("type", "text", "text", words);
                                steer(new Input(null, Json.array(part)));
                            });
        }
    }

    private void compactIfFull() {
        var limit = thread.config("model_auto_compact_token_limit").asInt(Integer.MAX_VALUE);
        if (!thread.history().isEmpty() && Shapes.TOKENS_A_CALL >= limit) {
            var item = Json.object("type", "contextCompaction", "id", ImitatedCodex.freshId());
            started(item);
            completed(item);
        }
    }

    private void takeInputs() {
        synchronized (inputs) {
            while (!inputs.isEmpty()) {
                var input = inputs.poll();
                var item =
                        Shapes.userMessage(
                                ImitatedCodex.freshId(), input.clientId(), input.parts());
                // Who hears of it and then finds the server dead finds it in the history.
                thread.addItem(stored(), item);
                started(item);
                tellCompleted(item);
                var content = Json.array();
                for (var part : input.parts()) {
                    if (part.path("type").asText().equals("text")) {
                        content.add(Json.object("type", "input_text", "text", part.path("text")));
                    }
                }
                thread.addHistory(
                        Json.object("type", "message", "role", "user", "content", content));
            }
        }
    }

    private void userMessageToModel(String text) {
        var content = Json.array(Json.object("type", "input_text", "text", text));
        thread.addHistory(Json.object("type", "message", "role", "user", "content", content));
    }

    private void fail(ObjectNode error) {
        thread.status("systemError");
        notify("error", Json.object("error", error, "willRetry", false, "turnId", id));
        lastAnswer = null;
        thread.endTurn(stored(), "failed", error);
        // Whoever hears of the end may start the next turn at once.
        thread.ran();
        notify("turn/completed", Json.object("turn", turn("failed", Json.array(), error)));
    }

    private void end(String status, @Nullable JsonNode error) {
        thread.endTurn(stored(), status, error);
        thread.ran();
        thread.status("idle");
        var items = lastAnswer == null ? Json.array() : Json.array(lastAnswer);
        notify("turn/completed", Json.object("turn", turn(status, items, error)));
    }

    private ObjectNode turn(String status, JsonNode items, @Nullable JsonNode error) {
        return Shapes.turn(id, status, items, error);
    }

    void notify(String method, ObjectNode params) {
        thread.notify(method, params);
    }

    void started(JsonNode item) {
        notify(
                "item/started",
                Json.object("item", item, "turnId", id, "startedAtMs", System.currentTimeMillis()));
    }

    void completed(JsonNode item) {
        thread.addItem(stored(), item);
        tellCompleted(item);
    }

    /** Tells of an item's end and keeps nothing. */
    void tellCompleted(JsonNode item) {
        notify(
                "item/completed",
                Json.object(
                        "item", item, "turnId", id, "completedAtMs", System.currentTimeMillis()));
    }

    void delta(String method, String itemId, String text) {
        notify(method, Json.object("turnId", id, "itemId", itemId, "delta", text));
    }

    private void checkInterrupted() throws IOException {
        if (interruption.isDone()) {
            throw new AnswerDropped();
        }
    }

    private void checkStillWanted() throws IOException {
        checkInterrupted();
        synchronized (inputs) {
            if (!inputs.isEmpty()) {
                throw new AnswerDropped();
            }
        }
    }

    @Override
    public void messageBegun(String itemId, boolean commentary) throws IOException {
        checkStillWanted();
        started(Shapes.agentMessage(itemId, "", phase(commentary)));
    }

    @Override
    public void delta(String itemId, String text) throws IOException {
        checkStillWanted();
        delta("item/agentMessage/delta", itemId, text);
    }

    @Override
    public void messageEnded(String itemId, String text, boolean commentary) throws IOException {
        checkStillWanted();
        if (review == null) {
            var item = Shapes.agentMessage(itemId, text, phase(commentary));
            lastAnswer = item;
            completed(item);
        } else {
            review.said(text);
        }
        var content = Json.array(Json.object("type", "output_text", "text", text));
        thread.addHistory(Json.object("type", "message", "role", "assistant", "content", content));
    }

    @Override
    public void reasoned(String itemId, String summary) throws IOException {
        checkStillWanted();
        var item =
                Json.object(
                        "type",
                        "reasoning",
                        "id",
                        itemId,
                        "summary",
                        Json.array(),
                        "content",
                        Json.array());
        started(item);
        notify(
                "item/reasoning/summaryTextDelta",
                Json.object("turnId", id, "itemId", itemId, "delta", summary, "summaryIndex", 0));
        completed(item.deepCopy().set("summary", Json.array(summary)));
    }

    @Override
    public void functionCalled(String callId, ReplyStep.FunctionCalled call) throws IOException {
        checkStillWanted();
        calls.add(new ModelCall.Function(callId, call.namespace(), call.name(), call.arguments()));
    }

    @Override
    public void freeFormCalled(String callId, ReplyStep.FreeFormCalled call) throws IOException {
        checkStillWanted();
        calls.add(new ModelCall.FreeForm(callId, call.name(), call.input()));
    }

    @Override
    public void toolsSearched(String callId, String query) throws IOException {
        checkStillWanted();
        calls.add(new ModelCall.Search(callId, query));
    }

    @Override
    public void waiting() throws IOException {
        checkStillWanted();
    }

    @Override
    public void completed() {
        notify(
                "thread/tokenUsage/updated",
                Json.object("turnId", id, "tokenUsage", Shapes.tokenUsage()));
        notify("account/rateLimits/updated", Json.object("rateLimits", Shapes.rateLimits()));
    }

    @Override
    public void httpFailed(int status, String message) throws IOException {
        throw ModelFailures.http(status, message, ModelFailed::new);
    }

    @Override
    public void responseFailed(String code, String message) throws IOException {
        throw ModelFailures.response(code, message, ModelFailed::new);
    }

    @Override
    public void cut() throws IOException {
        if (retries > 0) {
            retries--;
            var info = Json.object("httpStatusCode", null);
            var error =
                    Shapes.error(
                            "Reconnecting... 1/1", Json.object("responseStreamDisconnected", info));
            notify("error", Json.object("error", error, "willRetry", true, "turnId", id));
            throw new AnswerDropped();
        }
        throw ModelFailures.cut(ModelFailed::new);
    }

    private static String phase(boolean commentary) {
        return commentary ? "commentary" : "final_answer";
    }
}
