package dev.chela.harness.appserver;

import dev.chela.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One message a text frame over a WebSocket. Sends no {@code Origin}: the server refuses any. Asks
 * for the next frame only when the last one was taken, so a slow reader slows the peer.
 */
final class WebSocketTransport implements Transport {

    /** Beyond this the server drops the connection without a word. */
    static final long MESSAGE_BYTES_MAX = 16L * 1024 * 1024;

    private static final Duration SEND_DEADLINE = Duration.ofSeconds(30);

    private final String endpoint;
    private final WebSocket socket;
    private final WebSocketInbox inbox;

    private WebSocketTransport(String endpoint, WebSocket socket, WebSocketInbox inbox) {
        this.endpoint = endpoint;
        this.socket = socket;
        this.inbox = inbox;
    }

    /**
     * Connects.
     *
     * @param token sent as bearer token
     * @throws ConnectionClosedException if it cannot; the message names what to check
     */
    static WebSocketTransport connect(
            HttpClient http,
            URI url,
            Optional<Secret> token,
            Map<String, Secret> headers,
            Duration deadline) {
        var inbox = new WebSocketInbox();
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(deadline);
        token.ifPresent(secret -> builder.header("Authorization", "Bearer " + secret.reveal()));
        headers.forEach((name, value) -> builder.header(name, value.reveal()));
        String endpoint = url.getScheme() + "://" + url.getAuthority();
        try {
            WebSocket socket =
                    builder.buildAsync(url, inbox).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new WebSocketTransport(endpoint, socket, inbox);
        } catch (ExecutionException e) {
            throw refused(endpoint, reason(Objects.requireNonNullElse(e.getCause(), e)), e);
        } catch (TimeoutException e) {
            throw refused(endpoint, "no answer within %d ms".formatted(deadline.toMillis()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(endpoint, "interrupted", e);
        }
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public long bytesMax() {
        return MESSAGE_BYTES_MAX;
    }

    @Override
    public void send(String message) throws IOException {
        try {
            socket.sendText(message, true).get(SEND_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw new IOException("WebSocket message was not sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending", e);
        }
    }

    @Override
    public Frame receive() throws InterruptedException {
        return inbox.take(socket);
    }

    @Override
    public void close() {
        try {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").orTimeout(1, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            // Already closed, or the peer does not listen any more.
        }
        socket.abort();
        inbox.end("closed by us");
    }

    private static String reason(Throwable cause) {
        if (cause instanceof WebSocketHandshakeException handshake) {
            return "HTTP " + handshake.getResponse().statusCode();
        }
        String text = cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }

    private static ConnectionClosedException refused(String endpoint, String why, Throwable e) {
        return new ConnectionClosedException(
                ("the app-server at %s cannot be reached: %s. Check appServer.url,"
                                + " appServer.authToken, appServer.headers and that the server"
                                + " there is version %s or newer")
                        .formatted(endpoint, why, ServerVersion.FLOOR),
                e);
    }
}
