package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a turn stands. */
public enum TurnStatus {
    @JsonProperty("inProgress")
    IN_PROGRESS,

    @JsonProperty("completed")
    COMPLETED,

    @JsonProperty("interrupted")
    INTERRUPTED,

    @JsonProperty("failed")
    FAILED,

    /** A value that this version of Chela does not know. */
    @JsonProperty("unknown")
    UNKNOWN
}
