package dev.chela.harness.appserver;

import dev.chela.config.AppServerConfig;
import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How app-servers are had, with every secret resolved.
 *
 * @param command the operator's own program; empty means the managed one
 * @param remote set when the server is reached instead of started
 * @param clearEnv variables that the child does not get
 * @param requestTimeout for each call that has no deadline of its own
 * @param startup how long a connection may take to be ready; at least 100 ms (harness §5, row 2)
 * @param outlivesBot the server keeps working while the bot restarts
 */
public record AppServerSettings(
        Optional<String> command,
        List<String> args,
        Optional<Remote> remote,
        Set<String> clearEnv,
        Duration requestTimeout,
        Duration startup,
        boolean outlivesBot) {

    private static final Duration STARTUP_MIN = Duration.ofMillis(100);

    /** What the managed server is started with. */
    public static final List<String> STDIO_ARGS = List.of("app-server", "--listen", "stdio://");

    private static final List<String> COMMAND_VARIABLES =
            List.of("CHELA_CODEX_APP_SERVER_BIN", "OPENCLAW_CODEX_APP_SERVER_BIN");

    /** A server somewhere else. */
    public record Remote(URI url, Optional<Secret> authToken, Map<String, Secret> headers) {

        public Remote {
            headers = Map.copyOf(headers);
        }
    }

    public AppServerSettings {
        args = List.copyOf(args);
        clearEnv = Set.copyOf(clearEnv);
        startup = startup.compareTo(STARTUP_MIN) < 0 ? STARTUP_MIN : startup;
    }

    /** With as much time for a start as for a call. */
    public AppServerSettings(
            Optional<String> command,
            List<String> args,
            Optional<Remote> remote,
            Set<String> clearEnv,
            Duration requestTimeout,
            boolean outlivesBot) {
        this(command, args, remote, clearEnv, requestTimeout, requestTimeout, outlivesBot);
    }

    /** The managed server over stdio, nothing special. */
    public static AppServerSettings managed() {
        return new AppServerSettings(
                Optional.empty(),
                STDIO_ARGS,
                Optional.empty(),
                Set.of(),
                Duration.ofSeconds(60),
                false);
    }

    /** The same, but the server keeps working while the bot restarts. */
    public AppServerSettings outliving() {
        return new AppServerSettings(
                command, args, remote, clearEnv, requestTimeout, startup, true);
    }

    /**
     * The settings of a config section.
     *
     * @param run how long a run may take at most: no start takes longer
     * @param environment names a command where the config does not
     * @param secrets finds secrets; empty for one that is not there
     * @throws ConnectionClosedException if a secret cannot be found or {@code url} is missing:
     *     nothing is sent then
     */
    public static AppServerSettings of(
            AppServerConfig config,
            Duration run,
            Map<String, String> environment,
            Function<SecretInput, Optional<Secret>> secrets) {
        Duration request = config.requestTimeout();
        return new AppServerSettings(
                config.command().or(() -> named(environment)),
                config.args(),
                config.transport() == AppServerConfig.Transport.WEBSOCKET
                        ? Optional.of(remote(config, secrets))
                        : Optional.empty(),
                Set.copyOf(config.clearEnv()),
                request,
                run.compareTo(request) < 0 ? run : request,
                config.outlivesBot());
    }

    private static Remote remote(
            AppServerConfig config, Function<SecretInput, Optional<Secret>> secrets) {
        URI url =
                config.url()
                        .orElseThrow(
                                () ->
                                        new ConnectionClosedException(
                                                "appServer.transport is websocket, so appServer.url"
                                                        + " must be set",
                                                null));
        var headers = new LinkedHashMap<String, Secret>();
        config.headers()
                .forEach(
                        (name, input) ->
                                headers.put(name, found("headers." + name, input, secrets)));
        return new Remote(
                url, config.authToken().map(input -> found("authToken", input, secrets)), headers);
    }

    private static Secret found(
            String key, SecretInput input, Function<SecretInput, Optional<Secret>> secrets) {
        return secrets.apply(input)
                .orElseThrow(
                        () ->
                                new ConnectionClosedException(
                                        ("the secret of appServer.%s is not available; set it"
                                                        + " where %s points to")
                                                .formatted(key, input),
                                        null));
    }

    private static Optional<String> named(Map<String, String> environment) {
        return COMMAND_VARIABLES.stream()
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }
}
