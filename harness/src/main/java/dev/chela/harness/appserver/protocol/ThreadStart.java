package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts a thread.
 *
 * @param ephemeral never on disk: not listed, not resumable
 * @param experimentalRawEvents also send every history item raw; cannot be set later
 * @param dynamicTools fixed for the life of the thread
 */
public record ThreadStart(
        @JsonUnwrapped ThreadOptions options,
        @Nullable Personality personality,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean ephemeral,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean experimentalRawEvents,
        List<DynamicTool> dynamicTools)
        implements ClientRequest<ThreadOpened> {

    public ThreadStart {
        dynamicTools = Copies.of(dynamicTools);
    }

    /** A thread without tools of ours. */
    public static ThreadStart with(ThreadOptions options) {
        return new ThreadStart(options, null, false, false, List.of());
    }

    @Override
    public String method() {
        return "thread/start";
    }

    @Override
    public Class<ThreadOpened> result() {
        return ThreadOpened.class;
    }
}
