package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import org.jspecify.annotations.Nullable;

/**
 * Copies a thread into a new one; model and config patch are not copied.
 *
 * @param lastTurnId the last turn to copy
 */
public record ThreadFork(
        ThreadId threadId,
        @JsonUnwrapped ThreadOptions options,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean ephemeral,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean excludeTurns,
        @Nullable TurnId lastTurnId)
        implements ClientRequest<ThreadOpened> {

    @Override
    public String method() {
        return "thread/fork";
    }

    @Override
    public Class<ThreadOpened> result() {
        return ThreadOpened.class;
    }
}
