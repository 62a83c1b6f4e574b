package dev.chela.config;

import dev.chela.config.meta.Key;
import dev.chela.config.meta.Shorthand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A model, {@code provider/model}, and what to try when it is not available, in order. */
@Shorthand("primary")
public record ModelChoice(
        Optional<String> primary,
        List<String> fallbacks,
        @Key("timeoutMs") Optional<Duration> timeout) {}
