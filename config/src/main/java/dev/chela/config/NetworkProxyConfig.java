package dev.chela.config;

import java.util.Map;
import java.util.Optional;

/** What a sandboxed command reaches of the network. */
public record NetworkProxyConfig(
        boolean enabled,
        Optional<String> profileName,
        Optional<BaseProfile> baseProfile,
        Optional<Mode> mode,
        Map<String, DomainRule> domains,
        Map<String, SocketRule> unixSockets,
        Optional<String> proxyUrl,
        Optional<String> socksUrl,
        Optional<Boolean> enableSocks5,
        Optional<Boolean> enableSocks5Udp,
        Optional<Boolean> allowUpstreamProxy,
        Optional<Boolean> allowLocalBinding,
        boolean dangerouslyAllowNonLoopbackProxy,
        boolean dangerouslyAllowAllUnixSockets) {

    /** What the profile builds on. */
    public enum BaseProfile {
        READ_ONLY,
        WORKSPACE
    }

    /** How much is let through. */
    public enum Mode {
        LIMITED,
        FULL
    }

    /** One domain's rule. */
    public enum DomainRule {
        ALLOW,
        DENY
    }

    /** One socket's rule. */
    public enum SocketRule {
        ALLOW,
        NONE
    }
}
