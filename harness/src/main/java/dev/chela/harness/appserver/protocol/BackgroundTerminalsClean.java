package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;

/** Ends the commands that an interrupted turn left running. */
public record BackgroundTerminalsClean(ThreadId threadId) implements ClientRequest<Empty> {

    @Override
    public String method() {
        return "thread/backgroundTerminals/clean";
    }

    @Override
    public Class<Empty> result() {
        return Empty.class;
    }
}
