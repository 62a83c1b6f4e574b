package dev.chela.channels.http;

import dev.chela.config.GatewayConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the server listens and what it bears.
 *
 * @param host address to listen on
 * @param port 1 to 65535, or 0 for a free one
 * @param allowedHosts names, besides loopback ones and plain addresses, that a request's {@code
 *     Host} may carry
 * @param streamsMax event streams open at once; one more is refused with 503
 * @param failuresMax wrong tokens an address may send within {@code window}
 * @param lockout how long an address that sent more is refused
 * @param open whether this machine's own pages need no token
 */
public record HttpSettings(
        String host,
        int port,
        Set<String> allowedHosts,
        int streamsMax,
        int failuresMax,
        Duration window,
        Duration lockout,
        boolean open) {

    private static final int STREAMS_MAX = 64;

    public HttpSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", expected 0 to 65535");
        }
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /** On 127.0.0.1, reachable from this machine only. */
    public static HttpSettings loopback(int port) {
        return new HttpSettings(
                "127.0.0.1",
                port,
                Set.of(),
                STREAMS_MAX,
                10,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                false);
    }

    /** As the config says; whoever starts the server refuses an open bind without a token. */
    public static HttpSettings of(GatewayConfig config) {
        String host =
                switch (config.bind()) {
                    case LOOPBACK, AUTO -> "127.0.0.1";
                    case LAN -> "0.0.0.0";
                    case CUSTOM -> config.customBindHost().orElse("127.0.0.1");
                };
        GatewayConfig.RateLimit limit = config.auth().rateLimit();
        return new HttpSettings(
                host,
                config.port(),
                Stream.concat(
                                config.controlUi().hosts().stream(),
                                config.customBindHost().stream()
                                        .map(name -> name.toLowerCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                STREAMS_MAX,
                limit.maxAttempts(),
                limit.window(),
                limit.lockout(),
                config.auth().mode() == GatewayConfig.AuthMode.NONE);
    }

    public HttpSettings withPort(int newPort) {
        return new HttpSettings(
                host, newPort, allowedHosts, streamsMax, failuresMax, window, lockout, open);
    }

    /** Where somebody on this machine reaches the server. */
    public String reachedAt() {
        return host.equals("0.0.0.0") ? "127.0.0.1" : host;
    }
}
