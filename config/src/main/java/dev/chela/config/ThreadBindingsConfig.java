package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import java.time.Duration;
import java.util.Optional;

/** How long a conversation stays bound to a thread; zero is for ever. */
public record ThreadBindingsConfig(
        @Default("true") boolean enabled,
        @Default("24") @Range(max = 100_000) @Key("idleHours") Duration idle,
        @Default("0") @Range(max = 100_000) @Key("maxAgeHours") Duration maxAge,
        Optional<Boolean> spawnSubagentSessions) {}
