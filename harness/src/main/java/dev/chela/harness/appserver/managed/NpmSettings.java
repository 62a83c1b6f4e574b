package dev.chela.harness.appserver.managed;

import dev.chela.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the user's npm configuration says: registry, credentials, proxy. Sources in order: the
 * environment, the {@code .npmrc} of the working directory, the user's own.
 */
final class NpmSettings {

    private static final String PUBLIC_REGISTRY = "https://registry.npmjs.org/";
    private static final String SCOPE = "@openai:registry";

    private final Map<String, String> environment;
    private final List<Map<String, String>> layers;

    private NpmSettings(Map<String, String> environment, List<Map<String, String>> layers) {
        this.environment = environment;
        this.layers = layers;
    }

    static NpmSettings read(Map<String, String> environment, Path workingDirectory, Path home) {
        Path user =
                Optional.ofNullable(environment.get("NPM_CONFIG_USERCONFIG"))
                        .or(() -> Optional.ofNullable(environment.get("npm_config_userconfig")))
                        .map(Path::of)
                        .orElseGet(() -> home.resolve(".npmrc"));
        return new NpmSettings(
                environment,
                List.of(
                        npmVariables(environment),
                        Npmrc.read(workingDirectory.resolve(".npmrc"), environment),
                        Npmrc.read(user, environment)));
    }

    /**
     * The registry to fetch from, ending in a slash.
     *
     * @throws CodexUnavailableException if what is configured is no http address
     */
    URI registry() {
        String text =
                Optional.ofNullable(environment.get("CHELA_NPM_REGISTRY"))
                        .filter(value -> !value.isBlank())
                        .or(() -> setting(SCOPE))
                        .or(() -> setting("registry"))
                        .orElse(PUBLIC_REGISTRY)
                        .strip();
        try {
            URI uri = URI.create(text.endsWith("/") ? text : text + "/");
            String scheme = String.valueOf(uri.getScheme());
            if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below, with the same next step.
        }
        throw new CodexUnavailableException(
                ("the npm registry is set to something that is no http address; set"
                        + " CHELA_NPM_REGISTRY or npm's registry to one, for example "
                        + PUBLIC_REGISTRY),
                null);
    }

    /** The {@code Authorization} header for an address, by the longest matching prefix. */
    Optional<Secret> authorization(URI address) {
        String path = address.getRawPath() == null ? "/" : address.getRawPath();
        String prefix = "//" + address.getRawAuthority() + path;
        while (prefix.length() > 2) {
            int slash = prefix.lastIndexOf('/', prefix.length() - 1);
            prefix = prefix.substring(0, slash + 1);
            Optional<String> token = setting(prefix + ":_authToken");
            if (token.isPresent()) {
                return Optional.of(Secret.of("Bearer " + token.get()));
            }
            Optional<String> basic = setting(prefix + ":_auth");
            if (basic.isPresent()) {
                return Optional.of(Secret.of("Basic " + basic.get()));
            }
            prefix = prefix.substring(0, slash);
        }
        return Optional.empty();
    }

    /** Any setting by its npm name, for example {@code https-proxy}. */
    Optional<String> setting(String name) {
        return layers.stream()
                .map(layer -> Optional.ofNullable(layer.get(name)))
                .flatMap(Optional::stream)
                .filter(value -> !value.isBlank() && !value.equals("null"))
                .findFirst();
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Variables {@code npm_config_x_y} as settings {@code x-y}. */
    private static Map<String, String> npmVariables(Map<String, String> environment) {
        var settings = new java.util.HashMap<String, String>();
        for (String name : new ArrayList<>(environment.keySet())) {
            if (!name.toLowerCase(Locale.ROOT).startsWith("npm_config_")) {
                continue;
            }
            String setting = name.substring("npm_config_".length());
            boolean special = setting.startsWith("@") || setting.startsWith("//");
            settings.put(
                    special ? setting : setting.toLowerCase(Locale.ROOT).replace('_', '-'),
                    environment.get(name));
        }
        return settings;
    }
}
