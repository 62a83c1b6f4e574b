package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the model says a message is; absent means that it did not say. */
public enum MessagePhase {
    @JsonProperty("commentary")
    COMMENTARY,

    @JsonProperty("partial_answer")
    PARTIAL_ANSWER,

    @JsonProperty("final_answer")
    FINAL_ANSWER,

    /** A value that this version of Chela does not know. */
    @JsonProperty("unknown")
    UNKNOWN
}
