package dev.chela.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where models come from. */
public record ModelsConfig(Map<String, Provider> providers) {

    /** One provider's endpoint and models. */
    public record Provider(
            Optional<URI> baseUrl,
            Optional<SecretInput> apiKey,
            Optional<String> api,
            List<Model> models,
            Map<String, SecretInput> headers,
            Optional<RuntimeChoice> agentRuntime) {}

    /** One model of a provider. */
    public record Model(
            String id,
            Optional<String> name,
            Optional<Integer> contextWindow,
            Optional<Integer> maxTokens,
            boolean reasoning,
            List<String> input,
            Optional<Cost> cost,
            Optional<RuntimeChoice> agentRuntime) {}

    /** Dollars a million tokens. */
    public record Cost(double input, double output, double cacheRead, double cacheWrite) {}
}
