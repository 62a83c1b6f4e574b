package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;

/** Archives a thread; it is no longer loaded then. */
public record ThreadArchive(ThreadId threadId) implements ClientRequest<Empty> {

    @Override
    public String method() {
        return "thread/archive";
    }

    @Override
    public Class<Empty> result() {
        return Empty.class;
    }
}
