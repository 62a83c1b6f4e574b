package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Who the server is signed in as. */
public sealed interface Account {

    /** A Platform key. */
    record ApiKey() implements Account {}

    /** A ChatGPT subscription. */
    record Chatgpt(@Nullable String email, @Nullable String planType) implements Account {}

    /** An account that this version of Chela does not know. */
    record Unknown(String type, @JsonValue JsonNode raw) implements Account {}
}
