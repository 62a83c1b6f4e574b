package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Writes a switch into {@code config.toml} of the server's {@code CODEX_HOME}.
 *
 * @param keyPath dotted
 */
public record ConfigValueWrite(String keyPath, boolean value, MergeStrategy mergeStrategy)
        implements ClientRequest<ConfigValueWrite.Result> {

    /** What becomes of a value that is there. */
    public enum MergeStrategy {
        @JsonProperty("replace")
        REPLACE
    }

    /** How it went; {@code okOverridden} where another layer of the config has its own value. */
    public record Result(String status) {}

    /** Sets it whatever it was. */
    public static ConfigValueWrite of(String keyPath, boolean value) {
        return new ConfigValueWrite(keyPath, value, MergeStrategy.REPLACE);
    }

    @Override
    public String method() {
        return "config/value/write";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
