package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** How the agent works with people: {@code default} or {@code plan}. */
public record CollaborationMode(String mode, Settings settings) {

    /**
     * What the mode runs with. Nulls are sent: they mean the mode's own.
     *
     * @param model overrides the thread's and the turn's
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Settings(
            String model,
            @Nullable String reasoning_effort,
            @Nullable String developer_instructions) {}
}
