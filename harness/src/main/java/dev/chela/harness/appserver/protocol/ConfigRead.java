package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Asks for the config in effect. */
public record ConfigRead(boolean includeLayers, @Nullable String cwd)
        implements ClientRequest<ConfigRead.Result> {

    /** The config as it is; snake_case keys. */
    public record Result(JsonNode config) {}

    @Override
    public String method() {
        return "config/read";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
