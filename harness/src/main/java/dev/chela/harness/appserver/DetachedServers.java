package dev.chela.harness.appserver;

import dev.chela.config.Secret;
import dev.chela.config.state.Checkpoints;
import dev.chela.harness.Legible;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers that outlive the bot: found again by their row, reached over a WebSocket on loopback with
 * a token that only this user can read.
 */
final class DetachedServers {

    private static final Logger log = LoggerFactory.getLogger(DetachedServers.class);
    private static final Duration CONNECT_PAUSE = Duration.ofMillis(50);

    private static final Duration PROBE_DEADLINE = Duration.ofSeconds(5);

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    // Waits for a line before it becomes the server: should Chela die before the row is written,
    // the line never comes and nothing is left running.
    private static final String SCRIPT =
            """
            IFS= read -r go || exit 1
            exec "$@" </dev/null >>"$0" 2>&1
            """;

    private final ServerRows rows;
    private final Checkpoints checkpoints;
    private final LazyHttp http;
    private final SecureRandom random = new SecureRandom();

    DetachedServers(ServerRows rows, Checkpoints checkpoints, LazyHttp http) {
        this.rows = rows;
        this.checkpoints = checkpoints;
        this.http = http;
    }

    /**
     * Whether a server can be put into a process session of its own here.
     *
     * @throws ConnectionClosedException if not, with the reason
     */
    static Path requireSessions(Map<String, String> environment) {
        return ServerCommand.found("setsid", environment)
                .orElseThrow(
                        () ->
                                new ConnectionClosedException(
                                        "appServer.outlivesBot needs the program setsid, which is"
                                                + " not on the PATH: without a process session of"
                                                + " its own the app-server could end with the bot."
                                                + " Install it (util-linux), or set outlivesBot to"
                                                + " false",
                                        null));
    }

    /**
     * The agent's server of an earlier start: the one with the same settings, or with others while
     * a turn runs on it. What else is left is ended, so that two never write the same threads.
     */
    Optional<ServerLauncher.Launched> found(
            String agentId,
            Path directory,
            String hash,
            Duration requestTimeout,
            Duration startup) {
        Optional<ServerLauncher.Launched> kept = Optional.empty();
        for (ServerRows.Row row : of(agentId)) {
            var known = new DetachedServer(rows, row, log(directory));
            Optional<ConnectedAppServer> server =
                    kept.isEmpty() && known.isAlive()
                            ? adopted(known, row, directory, requestTimeout, startup)
                            : Optional.empty();
            boolean keep =
                    server.isPresent() && (row.configHash().equals(hash) || works(server.get()));
            if (keep) {
                log.info("app-server pid={} of an earlier start is kept", row.process().pid());
                kept = Optional.of(new ServerLauncher.Launched(server.get(), row.configHash()));
            } else {
                server.ifPresent(ConnectedAppServer::close);
                known.end();
            }
        }
        return kept;
    }

    /** Ends the agent's server of an earlier start if no turn runs on it. */
    void endIdle(String agentId, Path directory, Duration startup) {
        for (ServerRows.Row row : of(agentId)) {
            var known = new DetachedServer(rows, row, log(directory));
            Optional<ConnectedAppServer> server =
                    known.isAlive()
                            ? adopted(known, row, directory, startup, startup)
                            : Optional.empty();
            boolean works = server.isPresent() && works(server.get());
            server.ifPresent(ConnectedAppServer::close);
            if (works) {
                log.info("app-server pid={} still works on a turn", row.process().pid());
            } else {
                known.end();
            }
        }
    }

    private List<ServerRows.Row> of(String agentId) {
        return rows.all().stream()
                .filter(ServerRows.Row::detached)
                .filter(row -> row.agent().equals(agentId))
                .toList();
    }

    /** In doubt yes: a turn that was cut is worse than a server that stays. */
    private static boolean works(ConnectedAppServer server) {
        try {
            return server.works(PROBE_DEADLINE).orElse(true);
        } catch (AppServerException e) {
            return server.isOpen();
        }
    }

    private Optional<ConnectedAppServer> adopted(
            DetachedServer known,
            ServerRows.Row row,
            Path directory,
            Duration requestTimeout,
            Duration startup) {
        try {
            known.boundOutput();
            Secret token = Secret.of(Files.readString(token(directory)).strip());
            Transport transport =
                    WebSocketTransport.connect(
                            http.get(),
                            URI.create(row.endpoint()),
                            Optional.of(token),
                            Map.of(),
                            startup);
            return Optional.of(
                    ConnectedAppServer.introduce(transport, known, requestTimeout, startup));
        } catch (AppServerException | IOException e) {
            log.warn(
                    "app-server pid={} cannot be reached again and is replaced: {}",
                    row.process().pid(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** A new one; {@link #found} found none. */
    ConnectedAppServer started(
            ServerLauncher.Launch launch, Duration requestTimeout, Duration startup) {
        Path setsid = requireSessions(launch.environment());
        try {
            Secret token = freshToken(launch.directory());
            String endpoint = "ws://127.0.0.1:" + freePort();
            checkpoints.before("appserver.spawn");
            Process process = waiting(launch, setsid, endpoint);
            ProcessIdentity early = ProcessIdentity.of(process.toHandle()).early();
            var row = ServerRows.Row.of(launch.agentId(), early, endpoint, launch.hash());
            rows.insert(row);
            try (OutputStream go = process.getOutputStream()) {
                go.write("go\n".getBytes(StandardCharsets.UTF_8));
            }
            checkpoints.after("appserver.spawn");
            var server = new DetachedServer(rows, row, log(launch.directory()));
            try {
                Transport transport = reached(server, endpoint, token, startup);
                var connected =
                        ConnectedAppServer.introduce(transport, server, requestTimeout, startup);
                rows.identify(row.id(), ProcessIdentity.of(process.toHandle()));
                return connected;
            } catch (AppServerException e) {
                server.end();
                throw e;
            }
        } catch (IOException e) {
            throw new ConnectionClosedException(
                    "the app-server cannot be started: " + e.getMessage(), e);
        }
    }

    private static Process waiting(ServerLauncher.Launch launch, Path setsid, String endpoint)
            throws IOException {
        Path log = log(launch.directory());
        if (Files.notExists(log)) {
            // Created here: what Codex says of its work is its owner's business.
            Files.createFile(log, OWNERS_ONLY);
        }
        var line = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, log.toString()));
        line.add(setsid.toString());
        line.addAll(launch.command().listeningAt(endpoint));
        line.addAll(List.of("--ws-auth", "capability-token"));
        line.addAll(List.of("--ws-token-file", token(launch.directory()).toString()));
        var builder =
                new ProcessBuilder(line)
                        .directory(launch.directory().toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return builder.start();
    }

    /** Connects as soon as it listens; gives up when it ended or the time is over. */
    private Transport reached(
            DetachedServer server, String endpoint, Secret token, Duration startup) {
        long end = System.nanoTime() + startup.toNanos();
        while (true) {
            try {
                return WebSocketTransport.connect(
                        http.get(), URI.create(endpoint), Optional.of(token), Map.of(), startup);
            } catch (ConnectionClosedException e) {
                if (!server.isAlive() || System.nanoTime() > end) {
                    throw ConnectionClosedException.lost(
                            "the app-server did not come up; its last words: "
                                    + Legible.redacted(server.stderrTail(), 500),
                            e);
                }
                LockSupport.parkNanos(CONNECT_PAUSE.toNanos());
            }
        }
    }

    private Secret freshToken(Path directory) throws IOException {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Path file = token(directory);
        Files.deleteIfExists(file);
        Files.createFile(file, OWNERS_ONLY);
        Files.writeString(file, token);
        return Secret.of(token);
    }

    private static Path token(Path directory) {
        return directory.resolveSibling("app-server.token");
    }

    private static Path log(Path directory) {
        return directory.resolveSibling("app-server.log");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
