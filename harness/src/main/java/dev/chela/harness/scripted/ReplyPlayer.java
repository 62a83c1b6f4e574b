package dev.chela.harness.scripted;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Plays an answer to a sink, step by step. One player may play many answers at once. */
public final class ReplyPlayer {

    private static final Duration SLICE = Duration.ofMillis(100);

    private final FreshIds ids;
    private final Duration holdMax;
    private final Duration slice;

    /**
     * @param holdMax the longest a gate or a pause holds an answer; then it goes on
     */
    public ReplyPlayer(FreshIds ids, Duration holdMax) {
        this(ids, holdMax, SLICE);
    }

    /**
     * @param slice how often an answer that is held looks whether it is still wanted
     */
    public ReplyPlayer(FreshIds ids, Duration holdMax, Duration slice) {
        this.ids = ids;
        this.holdMax = holdMax;
        this.slice = slice;
    }

    /** Returns when the answer has ended in whatever way. */
    public void play(ModelReply reply, ReplySink sink) throws IOException {
        var message = "";
        var commentary = false;
        var text = new StringBuilder();
        for (var step : reply.steps()) {
            switch (step) {
                case ReplyStep.MessageBegun begun -> {
                    message = ids.next("msg");
                    commentary = begun.commentary();
                    text.setLength(0);
                    sink.messageBegun(message, commentary);
                }
                case ReplyStep.Delta delta -> {
                    text.append(delta.text());
                    sink.delta(message, delta.text());
                }
                case ReplyStep.MessageEnded _ ->
                        sink.messageEnded(message, text.toString(), commentary);
                case ReplyStep.Reasoned reasoned ->
                        sink.reasoned(ids.next("rs"), reasoned.summary());
                case ReplyStep.FunctionCalled call -> sink.functionCalled(ids.next("call"), call);
                case ReplyStep.FreeFormCalled call -> sink.freeFormCalled(ids.next("call"), call);
                case ReplyStep.ToolsSearched search ->
                        sink.toolsSearched(ids.next("call"), search.query());
                case ReplyStep.Paused pause -> hold(new Gate(), pause.duration(), sink);
                case ReplyStep.Held held -> {
                    held.gate().arrive();
                    hold(held.gate(), holdMax, sink);
                }
                case ReplyStep.HttpFailed failed -> {
                    sink.httpFailed(failed.status(), failed.message());
                    return;
                }
                case ReplyStep.ResponseFailed failed -> {
                    sink.responseFailed(failed.code(), failed.message());
                    return;
                }
                case ReplyStep.Cut _ -> {
                    sink.cut();
                    return;
                }
            }
        }
        sink.completed();
    }

    private void hold(Gate gate, Duration wanted, ReplySink sink) throws IOException {
        var limit = wanted.compareTo(holdMax) < 0 ? wanted : holdMax;
        var end = System.nanoTime() + limit.toNanos();
        try {
            var left = end - System.nanoTime();
            while (left > 0 && !gate.awaitOpen(slice(left))) {
                sink.waiting();
                left = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while held").initCause(e);
        }
    }

    private Duration slice(long leftNanos) {
        return Duration.ofNanos(
                Math.min(Math.max(leftNanos, TimeUnit.MILLISECONDS.toNanos(1)), slice.toNanos()));
    }
}
