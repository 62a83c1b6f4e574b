package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;

/** Shows a thread without loading it; also while a turn runs. */
public record ThreadRead(ThreadId threadId, boolean includeTurns)
        implements ClientRequest<ThreadRead.Result> {

    /** The thread as it stands. */
    public record Result(CodexThread thread) {}

    @Override
    public String method() {
        return "thread/read";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
