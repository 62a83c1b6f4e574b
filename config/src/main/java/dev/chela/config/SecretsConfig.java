package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.KeyMatches;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Spelled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where referenced secrets are found. */
public record SecretsConfig(
        @KeyMatches(
                        value = "[a-z][a-z0-9_-]{0,63}",
                        expected = "a provider name (a-z, 0-9, _ and -, at most 64)")
                Map<String, Provider> providers) {

    /**
     * One store of secrets: variables, a file, or a command that prints them.
     *
     * @param allowlist the variables an {@code env} provider gives; empty is all
     * @param command an absolute path; run without a shell
     */
    public record Provider(
            SecretSource source,
            List<String> allowlist,
            Optional<Path> path,
            @Default("'json'") FileMode mode,
            Optional<String> command,
            List<String> args,
            List<String> passEnv,
            Map<String, String> env,
            @Default("true") boolean jsonOnly,
            @Key("timeoutMs") @Default("5000") @Range(min = 1, max = 120_000) Duration timeout,
            @Default("1048576") @Range(min = 1, max = 20_971_520) int maxBytes,
            @Default("262144") @Range(min = 1, max = 20_971_520) int maxOutputBytes,
            List<String> trustedDirs,
            boolean allowInsecurePath) {}

    /** What a secret file holds. */
    public enum FileMode {
        JSON,
        @Spelled({"singleValue", "single-value"})
        SINGLE_VALUE
    }
}
