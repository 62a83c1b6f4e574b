package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;

/** Names a thread. */
public record ThreadSetName(ThreadId threadId, String name) implements ClientRequest<Empty> {

    @Override
    public String method() {
        return "thread/name/set";
    }

    @Override
    public Class<Empty> result() {
        return Empty.class;
    }
}
