package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How many of a turn's items a turn object shows. */
public enum ItemsView {
    @JsonProperty("notLoaded")
    NOT_LOADED,

    @JsonProperty("summary")
    SUMMARY,

    @JsonProperty("full")
    FULL,

    /** A value that this version of Chela does not know. */
    @JsonProperty("unknown")
    UNKNOWN
}
