package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The process itself: where it listens and who may call it.
 *
 * @param mode must be {@code local} before the gateway starts
 */
public record GatewayConfig(
        Optional<Mode> mode,
        @Default("18789") @Range(min = 0, max = 65_535) int port,
        @Default("'loopback'") Bind bind,
        Optional<String> customBindHost,
        Auth auth,
        Reload reload,
        ControlUi controlUi,
        @Key("drainTimeoutMs") @Default("20000") @Range(max = 600_000) Duration drainTimeout) {

    /** Where the gateway runs; {@code remote} is not supported. */
    public enum Mode {
        LOCAL
    }

    /** Which addresses it listens on. */
    public enum Bind {
        LOOPBACK,
        LAN,
        AUTO,
        CUSTOM
    }

    /** How a caller proves who it is. */
    public record Auth(
            @Default("'token'") AuthMode mode,
            Optional<SecretInput> token,
            Optional<SecretInput> password,
            RateLimit rateLimit) {

        /** What callers must show; if absent, a token that the gateway makes for itself. */
        public Optional<SecretInput> secret() {
            return switch (mode) {
                case TOKEN -> token;
                case PASSWORD -> password;
                case NONE -> Optional.empty();
            };
        }
    }

    /** The kind of proof; {@code none} is refused unless only this machine can reach the port. */
    public enum AuthMode {
        NONE,
        TOKEN,
        PASSWORD
    }

    /** Failed attempts before an address is locked out. */
    public record RateLimit(
            @Default("10") @Range(min = 1) int maxAttempts,
            @Key("windowMs") @Default("60000") @Range(min = 1000) Duration window,
            @Key("lockoutMs") @Default("300000") @Range(min = 1000) Duration lockout) {}

    /** What a changed config file does. */
    public record Reload(
            @Default("'hybrid'") ReloadMode mode,
            @Key("debounceMs") @Default("300") @Range(max = 60_000) Duration debounce) {}

    /** How a change is applied. */
    public enum ReloadMode {
        HYBRID,
        HOT,
        RESTART,
        OFF
    }

    /** The dashboard and web chat pages. */
    public record ControlUi(@Default("true") boolean enabled, List<String> allowedOrigins) {

        private static final Pattern ORIGIN =
                Pattern.compile(
                        "(?:https?://)?([\\w.-]+|\\[[\\da-f:.]+])(?::\\d{1,5})?/?",
                        Pattern.CASE_INSENSITIVE);

        /** The names of the allowed origins, in lower case, without scheme and port. */
        public Set<String> hosts() {
            return allowedOrigins.stream()
                    .flatMap(origin -> hostOf(origin).stream())
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** The name in an origin; empty if it is none. */
        public static Optional<String> hostOf(String origin) {
            Matcher parts = ORIGIN.matcher(origin);
            return parts.matches()
                    ? Optional.of(parts.group(1).toLowerCase(Locale.ROOT))
                    : Optional.empty();
        }
    }
}
