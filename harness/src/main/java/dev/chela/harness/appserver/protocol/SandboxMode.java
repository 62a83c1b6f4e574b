package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The sandbox of a thread, as {@code thread/start} wants it. */
public enum SandboxMode {
    @JsonProperty("read-only")
    READ_ONLY,

    @JsonProperty("workspace-write")
    WORKSPACE_WRITE,

    @JsonProperty("danger-full-access")
    DANGER_FULL_ACCESS,

    /** A value that this version of Chela does not know. */
    @JsonProperty("unknown")
    UNKNOWN
}
