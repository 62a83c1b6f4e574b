package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import java.time.Duration;
import java.util.Optional;

/** Driving a desktop; on if anything but {@code enabled} is set. */
public record ComputerUseConfig(
        Optional<Boolean> enabled,
        boolean autoInstall,
        @Key("marketplaceDiscoveryTimeoutMs") @Default("60000") @Range(min = 1, max = 3_600_000)
                Duration marketplaceDiscoveryTimeout,
        Optional<String> marketplaceSource,
        Optional<String> marketplacePath,
        Optional<String> marketplaceName,
        @Default("'computer-use'") String pluginName,
        @Default("'computer-use'") String mcpServerName,
        @Key("liveTestTimeoutMs") @Default("60000") @Range(min = 1, max = 3_600_000)
                Duration liveTestTimeout,
        @Key("toolCallTimeoutMs") @Default("60000") @Range(min = 1, max = 3_600_000)
                Duration toolCallTimeout,
        boolean healthCheckEnabled,
        @Key("healthCheckIntervalMinutes") @Default("60") @Range(min = 30, max = 240)
                Duration healthCheckInterval,
        @Default("'independent'") CacheMode pluginCacheMode,
        boolean strictReadiness,
        boolean autoRepair) {

    /** Whether agents share a plugin cache. */
    public enum CacheMode {
        INDEPENDENT,
        SHARED
    }
}
