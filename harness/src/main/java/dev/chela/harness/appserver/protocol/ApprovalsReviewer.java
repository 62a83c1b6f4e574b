package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who decides about approvals. */
public enum ApprovalsReviewer {
    @JsonProperty("user")
    USER,

    @JsonProperty("auto_review")
    AUTO_REVIEW,

    @JsonProperty("guardian_subagent")
    GUARDIAN_SUBAGENT,

    /** A value that this version of Chela does not know. */
    @JsonProperty("unknown")
    UNKNOWN
}
