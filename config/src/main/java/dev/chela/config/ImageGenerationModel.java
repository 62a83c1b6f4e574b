package dev.chela.config;

import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Shorthand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The model that makes images.
 *
 * @param timeout how long a tool named {@code image_generate} may take
 */
@Shorthand("primary")
public record ImageGenerationModel(
        Optional<String> primary,
        List<String> fallbacks,
        @Key("timeoutMs") @Range(min = 1) Optional<Duration> timeout) {}
