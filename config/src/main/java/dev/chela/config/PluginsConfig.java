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
        return enabled
                && entries.codex().enabled()
                && !deny.contains("codex")
                && allow.map(list -> list.contains("codex")).orElse(true);
    }

    public CodexPluginConfig codex() {
        return entries.codex().config();
    }
}
