package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/** One part of what a dynamic tool answers. */
public sealed interface ToolContent {

    /** The wire's tag. */
    @JsonProperty("type")
    String type();

    /** Words for the model. */
    record Text(String text) implements ToolContent {
        @Override
        public String type() {
            return "inputText";
        }
    }

    /**
     * A picture for the model.
     *
     * @param imageUrl a {@code data:} URL
     */
    record Image(String imageUrl) implements ToolContent {
        @Override
        public String type() {
            return "inputImage";
        }
    }

    /** A part that this version of Chela does not know. */
    record Unknown(String type, @JsonValue JsonNode raw) implements ToolContent {}

    static ToolContent text(String text) {
        return new Text(text);
    }
}
