package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.chela.harness.ThreadId;
import org.jspecify.annotations.Nullable;

/** Loads a thread, or joins one that is loaded: its open server requests come again. */
public record ThreadResume(
        ThreadId threadId,
        @JsonUnwrapped ThreadOptions options,
        @Nullable Personality personality,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean excludeTurns)
        implements ClientRequest<ThreadOpened> {

    @Override
    public String method() {
        return "thread/resume";
    }

    @Override
    public Class<ThreadOpened> result() {
        return ThreadOpened.class;
    }
}
