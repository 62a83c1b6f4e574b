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
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    // Waits for a line before it becomes the server: should Chela die before the row is written,
    // the line never comes and nothing is left running.
    private static final String SCRIPT =
            """
            IFS= read -r go || exit 1
            if command -v setsid >/dev/null 2>&1; then
              exec setsid "$@" </dev/null >>"$0" 2>&1
            fi
            exec nohup "$@" </dev/null >>"$0" 2>&1
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

    /** The agent's running server if it was started with the same settings, else a new one. */
    ConnectedAppServer connect(
            ServerLauncher.Launch launch, Duration requestTimeout, Duration startup) {
        for (ServerRows.Row row : rows.all()) {
            if (!row.detached() || !row.agent().equals(launch.agentId())) {
                continue;
            }
            var known = new DetachedServer(rows, row, log(launch));
            if (row.configHash().equals(launch.hash()) && known.isAlive()) {
                Optional<ConnectedAppServer> adopted =
                        adopted(known, row, launch, requestTimeout, startup);
                if (adopted.isPresent()) {
                    return adopted.get();
                }
            }
            known.end();
        }
        return started(launch, requestTimeout, startup);
    }

    private Optional<ConnectedAppServer> adopted(
            DetachedServer known,
            ServerRows.Row row,
            ServerLauncher.Launch launch,
            Duration requestTimeout,
            Duration startup) {
        try {
            known.boundLog();
            Secret token = Secret.of(Files.readString(token(launch)).strip());
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

    private ConnectedAppServer started(
            ServerLauncher.Launch launch, Duration requestTimeout, Duration startup) {
        try {
            Secret token = freshToken(launch);
            String endpoint = "ws://127.0.0.1:" + freePort();
            checkpoints.before("appserver.spawn");
            Process process = waiting(launch, endpoint);
            ProcessIdentity early = ProcessIdentity.of(process.toHandle()).early();
            var row = ServerRows.Row.of(launch.agentId(), early, endpoint, launch.hash());
            rows.insert(row);
            try (OutputStream go = process.getOutputStream()) {
                go.write("go\n".getBytes(StandardCharsets.UTF_8));
            }
            checkpoints.after("appserver.spawn");
            var server = new DetachedServer(rows, row, log(launch));
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

    private static Process waiting(ServerLauncher.Launch launch, String endpoint)
            throws IOException {
        var line = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, log(launch).toString()));
        line.add(launch.command().executable().toString());
        line.addAll(List.of("app-server", "--listen", endpoint));
        line.addAll(List.of("--ws-auth", "capability-token"));
        line.addAll(List.of("--ws-token-file", token(launch).toString()));
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

    private Secret freshToken(ServerLauncher.Launch launch) throws IOException {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Path file = token(launch);
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, token);
        return Secret.of(token);
    }

    private static Path token(ServerLauncher.Launch launch) {
        return launch.directory().resolveSibling("app-server.token");
    }

    private static Path log(ServerLauncher.Launch launch) {
        return launch.directory().resolveSibling("app-server.log");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
