package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;

/** Compacts a thread; progress comes as a turn of its own. */
public record ThreadCompactStart(ThreadId threadId) implements ClientRequest<Empty> {

    @Override
    public String method() {
        return "thread/compact/start";
    }

    @Override
    public Class<Empty> result() {
        return Empty.class;
    }
}
