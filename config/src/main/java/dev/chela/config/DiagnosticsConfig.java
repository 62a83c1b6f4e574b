package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the bot watches about itself. */
public record DiagnosticsConfig(
        @Default("true") boolean enabled,
        @Key("stuckSessionWarnMs") @Default("30000") @Range(min = 1000) Duration stuckSessionWarn,
        @Key("stuckSessionAbortMs") @Range(min = 1000) Optional<Duration> stuckSessionAbort,
        boolean memoryPressureSnapshot,
        List<String> flags) {}
