package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;

/** Starts a review; only the turn it answers with ends. */
public record ReviewStart(ThreadId threadId, ReviewTarget target)
        implements ClientRequest<ReviewStart.Result> {

    /** The turn to follow. */
    public record Result(CodexTurn turn, ThreadId reviewThreadId) {}

    @Override
    public String method() {
        return "review/start";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
