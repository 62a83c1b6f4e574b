package dev.chela.harness.binding;

import dev.chela.config.AppServerConfig;
import dev.chela.config.NetworkProxyConfig;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code appServer.networkProxy} as a permission profile of Codex (harness §7). A sandbox sent
 * beside the profile would switch it off, so none is; a server that does not know the feature
 * refuses the thread, and the turn fails rather than run without it.
 *
 * @param profile its name
 * @param fingerprint of the rules
 */
record NetworkProxyPatch(String profile, String fingerprint, Map<String, Object> config) {

    private static final String ENABLED = "features.network_proxy.enabled";
    private static final String DEFAULT = "default_permissions";
    private static final String PROFILES = "permissions";

    /** What such a patch is made of. */
    static final Set<String> KEYS = Set.of(ENABLED, DEFAULT, PROFILES);

    private static final String NAME = "chela-network-";
    private static final int NAME_DIGITS = 16;
    private static final String DIGEST = "sha256:";

    /** Empty where the proxy is off. */
    static Optional<NetworkProxyPatch> of(AppServerConfig config) {
        NetworkProxyConfig proxy = config.networkProxy();
        if (!proxy.enabled()) {
            return Optional.empty();
        }
        Map<String, Object> permissions = new LinkedHashMap<>();
        permissions.put("extends", base(config, proxy));
        permissions.put("network", network(proxy));
        String fingerprint = Digest.of(permissions);
        String name =
                proxy.profileName()
                        .orElseGet(
                                () ->
                                        NAME
                                                + fingerprint.substring(
                                                        DIGEST.length(),
                                                        DIGEST.length() + NAME_DIGITS));
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put(ENABLED, true);
        patch.put(DEFAULT, name);
        patch.put(PROFILES, Map.of(name, permissions));
        return Optional.of(new NetworkProxyPatch(name, fingerprint, patch));
    }

    /** Full access cannot be proxied: it becomes the workspace's. */
    private static String base(AppServerConfig config, NetworkProxyConfig proxy) {
        boolean readOnly =
                proxy.baseProfile()
                        .map(NetworkProxyConfig.BaseProfile.READ_ONLY::equals)
                        .orElse(
                                config.sandbox()
                                        .filter(AppServerConfig.Sandbox.READ_ONLY::equals)
                                        .isPresent());
        return readOnly ? ":read-only" : ":workspace";
    }

    private static Map<String, Object> network(NetworkProxyConfig proxy) {
        Map<String, Object> network = new LinkedHashMap<>();
        network.put("enabled", true);
        proxy.mode().ifPresent(mode -> network.put("mode", lower(mode)));
        rules(network, "domains", proxy.domains(), NetworkProxyPatch::lower);
        rules(network, "unix_sockets", proxy.unixSockets(), NetworkProxyPatch::word);
        proxy.proxyUrl().ifPresent(url -> network.put("proxy_url", url));
        proxy.socksUrl().ifPresent(url -> network.put("socks_url", url));
        proxy.enableSocks5().ifPresent(on -> network.put("enable_socks5", on));
        proxy.enableSocks5Udp().ifPresent(on -> network.put("enable_socks5_udp", on));
        proxy.allowUpstreamProxy().ifPresent(on -> network.put("allow_upstream_proxy", on));
        proxy.allowLocalBinding().ifPresent(on -> network.put("allow_local_binding", on));
        if (proxy.dangerouslyAllowNonLoopbackProxy()) {
            network.put("dangerously_allow_non_loopback_proxy", true);
        }
        if (proxy.dangerouslyAllowAllUnixSockets()) {
            network.put("dangerously_allow_all_unix_sockets", true);
        }
        return network;
    }

    private static <R> void rules(
            Map<String, Object> network,
            String name,
            Map<String, R> rules,
            Function<R, String> word) {
        if (!rules.isEmpty()) {
            Map<String, String> written = new LinkedHashMap<>();
            rules.forEach((what, rule) -> written.put(what, word.apply(rule)));
            network.put(name, written);
        }
    }

    /** 0.169 knows no {@code none}. */
    private static String word(NetworkProxyConfig.SocketRule rule) {
        return switch (rule) {
            case ALLOW -> "allow";
            case NONE -> "deny";
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
