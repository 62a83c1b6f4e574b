package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chela.config.Secret;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.appserver.protocol.ThreadSetName;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real app-server that listens on a WebSocket with a token. */
class WebSocketIT {

    private static final String TOKEN = "capability-for-tests-0123456789";

    @TempDir private static Path directory;
    private static Process process;
    private static int port;
    private static RealServers real;

    @BeforeAll
    static void listen() throws Exception {
        real = new RealServers(directory);
        Path tokenFile = Files.writeString(directory.resolve("token"), TOKEN);
        port = freePort();
        var builder =
                new ProcessBuilder(
                                RealServers.codex().executable().toString(),
                                "app-server",
                                "--listen",
                                "ws://127.0.0.1:" + port,
                                "--ws-auth",
                                "capability-token",
                                "--ws-token-file",
                                tokenFile.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Path home = Files.createDirectories(directory.resolve("remote-home"));
        builder.environment().put("CODEX_HOME", home.toString());
        builder.environment().put("HOME", directory.toString());
        process = builder.start();
        awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        real.close();
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    @Test
    void aTokenOpensIt() {
        real.set(remote(Optional.of(Secret.of(TOKEN))));
        AppServer server = real.servers().attach("remote");

        assertThat(server.version()).hasToString("0.169.0");
        assertThat(server.request(ModelList.visible()).data()).isNotEmpty();
        assertThat(server.pid()).isEmpty();
        server.close();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aWrongTokenIsToldWithWhatToCheckAndNeverShown() {
        real.set(remote(Optional.of(Secret.of("wrong-token-wrong-token"))));

        assertThatExceptionOfType(ConnectionClosedException.class)
                .isThrownBy(() -> real.servers().attach("other"))
                .withMessageContaining("HTTP 401")
                .withMessageContaining("appServer.url")
                .withMessageContaining("appServer.authToken")
                .withMessageContaining("0.125.0")
                .withMessageNotContaining("wrong-token");
    }

    @Test
    void aMessageBeyondTheServersBoundIsNotSent() {
        real.set(remote(Optional.of(Secret.of(TOKEN))));
        AppServer server = real.servers().attach("large");
        var large = new ThreadSetName(new ThreadId("t"), "x".repeat(17 * 1024 * 1024));

        assertThatExceptionOfType(ProtocolViolationException.class)
                .isThrownBy(() -> server.request(large))
                .withMessageContaining("16777216 bytes");
        assertThat(server.request(ModelList.visible()).data()).isNotEmpty();
    }

    private static AppServerSettings remote(Optional<Secret> token) {
        return new AppServerSettings(
                Optional.empty(),
                AppServerSettings.STDIO_ARGS,
                Optional.of(
                        new AppServerSettings.Remote(
                                URI.create("ws://127.0.0.1:" + port), token, Map.of())),
                Set.of(),
                Duration.ofSeconds(20),
                false);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady() throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/readyz".formatted(port)));
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < end) {
                try {
                    if (http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Not listening yet, and there is nothing to be told by.
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                }
            }
        }
        throw new AssertionError("the app-server does not listen");
    }
}
