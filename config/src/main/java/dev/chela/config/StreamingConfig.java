package dev.chela.config;

import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Shorthand;
import dev.chela.config.meta.Spelled;
import java.time.Duration;
import java.util.Optional;

/** What of a growing answer is shown; absent means what suits the platform. */
@Shorthand("mode")
public record StreamingConfig(
        Optional<Mode> mode,
        Optional<Boolean> nativeTransport,
        @Key("throttleMs") @Range(min = 100, max = 60_000) Optional<Duration> throttle,
        Optional<Boolean> block) {

    /** {@code progress} shows what is being done, not the text. */
    public enum Mode {
        @Spelled({"off", "false"})
        OFF,
        @Spelled({"partial", "true"})
        PARTIAL,
        BLOCK,
        PROGRESS
    }
}
