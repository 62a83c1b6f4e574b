package dev.chela.channels.http;

import java.time.Duration;
import java.util.Set;

/**
 * Where the server listens and what it bears.
 *
 * @param host address to listen on
 * @param port 1 to 65535, or 0 for a free one
 * @param allowedHosts names besides the loopback ones that a request's {@code Host} may carry
 * @param streamsMax event streams open at once; one more is refused with 503
 * @param failuresMax wrong tokens an address may send in a minute
 * @param lockout how long an address that sent more is refused
 */
public record HttpSettings(
        String host,
        int port,
        Set<String> allowedHosts,
        int streamsMax,
        int failuresMax,
        Duration lockout) {

    public HttpSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", expected 0 to 65535");
        }
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /** On 127.0.0.1, reachable from this machine only. */
    public static HttpSettings loopback(int port) {
        return new HttpSettings("127.0.0.1", port, Set.of(), 64, 10, Duration.ofMinutes(5));
    }
}
