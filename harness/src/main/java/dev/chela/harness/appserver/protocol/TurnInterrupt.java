package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;

/** Interrupts a turn; its commands live on until {@link BackgroundTerminalsClean}. */
public record TurnInterrupt(ThreadId threadId, TurnId turnId) implements ClientRequest<Empty> {

    @Override
    public String method() {
        return "turn/interrupt";
    }

    @Override
    public Class<Empty> result() {
        return Empty.class;
    }
}
