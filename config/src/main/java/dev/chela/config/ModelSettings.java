package dev.chela.config;

import java.util.Map;
import java.util.Optional;

/** What is set for one model, {@code p/m}, or for all of a provider, {@code p/*}. */
public record ModelSettings(
        Optional<String> alias, Map<String, Object> params, Optional<RuntimeChoice> agentRuntime) {}
