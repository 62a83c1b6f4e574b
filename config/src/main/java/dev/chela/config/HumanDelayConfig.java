package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import java.time.Duration;

/** A pause between the parts of a reply. */
public record HumanDelayConfig(
        @Default("'off'") Mode mode,
        @Key("minMs") @Default("800") Duration min,
        @Key("maxMs") @Default("2500") Duration max) {

    /** {@code custom} takes the given bounds. */
    public enum Mode {
        OFF,
        NATURAL,
        CUSTOM
    }
}
