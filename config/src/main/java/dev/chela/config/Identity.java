package dev.chela.config;

import java.util.Optional;

/** How an agent presents itself. */
public record Identity(
        Optional<String> name,
        Optional<String> theme,
        Optional<String> emoji,
        Optional<String> avatar) {}
