package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The tone the agent is told to take. */
public enum Personality {
    @JsonProperty("none")
    NONE,

    @JsonProperty("friendly")
    FRIENDLY,

    @JsonProperty("pragmatic")
    PRAGMATIC,

    /** A value that this version of Chela does not know. */
    @JsonProperty("unknown")
    UNKNOWN
}
