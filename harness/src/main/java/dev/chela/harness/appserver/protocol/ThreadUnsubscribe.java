package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;

/** Stops the events of a thread for this connection. */
public record ThreadUnsubscribe(ThreadId threadId)
        implements ClientRequest<ThreadUnsubscribe.Result> {

    /** {@code unsubscribed}, {@code notSubscribed} or {@code notLoaded}. */
    public record Result(String status) {}

    @Override
    public String method() {
        return "thread/unsubscribe";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
