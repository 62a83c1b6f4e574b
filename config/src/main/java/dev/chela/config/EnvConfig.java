package dev.chela.config;

import dev.chela.config.meta.Rest;
import java.util.Map;

/** Variables that the config sets where the environment does not. */
public record EnvConfig(Map<String, String> vars, @Rest Map<String, String> named) {}
