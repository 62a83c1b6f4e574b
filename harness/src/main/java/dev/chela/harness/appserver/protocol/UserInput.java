package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One part of what a turn is asked. */
public sealed interface UserInput {

    /** The wire's tag. */
    @JsonProperty("type")
    String type();

    /** Words; all texts of a turn together hold at most 1 048 576 characters. */
    record Text(String text) implements UserInput {
        @Override
        public String type() {
            return "text";
        }
    }

    /**
     * A picture inside the message.
     *
     * @param url a {@code data:} URL; the server refuses remote ones
     */
    record Image(@Nullable String url, @Nullable String detail) implements UserInput {
        @Override
        public String type() {
            return "image";
        }
    }

    /**
     * A picture on the server's disk; its path is shown to the model.
     *
     * @param path absolute
     */
    record LocalImage(String path, @Nullable String detail) implements UserInput {
        @Override
        public String type() {
            return "localImage";
        }
    }

    /** A part that this version of Chela does not know. */
    record Unknown(String type, @JsonValue JsonNode raw) implements UserInput {}

    static UserInput text(String text) {
        return new Text(text);
    }
}
