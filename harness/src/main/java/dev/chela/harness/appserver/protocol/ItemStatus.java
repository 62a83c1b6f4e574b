package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a command, patch or tool call stands. */
public enum ItemStatus {
    @JsonProperty("inProgress")
    IN_PROGRESS,

    @JsonProperty("completed")
    COMPLETED,

    @JsonProperty("failed")
    FAILED,

    @JsonProperty("declined")
    DECLINED,

    @JsonProperty("interrupted")
    INTERRUPTED,

    /** A value that this version of Chela does not know. */
    @JsonProperty("unknown")
    UNKNOWN
}
