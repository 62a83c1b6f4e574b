package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Rest;
import dev.chela.config.meta.Unit;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which plugins run; Codex is the one that is built in. */
public record PluginsConfig(
        @Default("true") boolean enabled,
        Optional<List<String>> allow,
        List<String> deny,
        Entries entries) {

    private static final String CODEX = "codex";

    /** The plugins; others than Codex are kept but not read. */
    public record Entries(CodexEntry codex, @Rest Map<String, Map<String, Object>> others) {}

    /** The Codex plugin. */
    public record CodexEntry(boolean enabled, CodexPluginConfig config, Hooks hooks) {}

    /** How long hooks of a plugin may take. */
    public record Hooks(
            @Key("timeoutMs") @Default("30000") @Range(min = 1, max = 600_000) Duration timeout,
            @Key("timeouts") @Unit(ChronoUnit.MILLIS) Map<String, Duration> timeouts) {}

    /** Whether the master switch, the lists and the entry together let Codex run. */
    public boolean codexRuns() {
        return codexOff().isEmpty();
    }

    /** Which of them keeps Codex from running, in words for people; empty if it may run. */
    public Optional<String> codexOff() {
        if (!enabled) {
            return Optional.of("`plugins.enabled` is `false`");
        }
        if (deny.contains(CODEX)) {
            return Optional.of("`plugins.deny` names `codex`");
        }
        if (allow.filter(list -> !list.contains(CODEX)).isPresent()) {
            return Optional.of("`plugins.allow` does not name `codex`");
        }
        return entries.codex().enabled()
                ? Optional.empty()
                : Optional.of("`plugins.entries.codex.enabled` is not `true`");
    }

    public CodexPluginConfig codex() {
        return entries.codex().config();
    }
}
