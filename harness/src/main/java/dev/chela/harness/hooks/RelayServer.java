package dev.chela.harness.hooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the commands that Codex runs ask, on the loopback interface alone. Started when somebody
 * first listens. Whoever asks shows the token that lies beside the script.
 */
final class RelayServer implements AutoCloseable {

    /** Somewhat more than the script sends. */
    private static final int BODY_BYTES_MAX = 100_000;

    private static final int TOKEN_BYTES = 32;
    private static final int PARTS = 5;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FAILED = 500;
    private static final Logger LOG = LoggerFactory.getLogger(RelayServer.class);

    private final RelayFiles files;
    private final Asked asked;
    private final String token;
    private @Nullable HttpServer server;
    private boolean closed;

    /** Answers for a relay. */
    interface Asked {

        /**
         * @throws IOException if what Codex says cannot be read
         */
        Answer answer(String relay, String generation, HookKind kind, byte[] body, boolean cut)
                throws IOException;
    }

    RelayServer(RelayFiles files, Asked asked) {
        this.files = files;
        this.asked = asked;
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        this.token = HexFormat.of().formatHex(bytes);
    }

    /** Listens, if it does not yet; says whether it does. */
    synchronized boolean start() {
        if (server != null || closed) {
            return server != null;
        }
        try {
            HttpServer made =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            made.createContext("/", this::handle);
            made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            made.start();
            server = made;
            files.write(made.getAddress().getPort(), token);
            LOG.info("native hooks are relayed: port={}", made.getAddress().getPort());
            return true;
        } catch (IOException e) {
            LOG.error("native hooks cannot be relayed: {}", e.toString());
            close();
            closed = false;
            return false;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isKnown(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(UNAUTHORIZED, -1);
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
            byte[] wire = answered(exchange, body);
            // Without a whole answer the command takes it for a block where it must.
            exchange.sendResponseHeaders(
                    wire.length == 0 ? FAILED : OK, wire.length == 0 ? -1 : wire.length);
            exchange.getResponseBody().write(wire);
        }
    }

    /** Nothing where there is no answer. */
    private byte[] answered(HttpExchange exchange, byte[] body) {
        String[] parts = exchange.getRequestURI().getPath().split("/", -1);
        Optional<HookKind> kind = parts.length == PARTS ? HookKind.of(parts[3]) : Optional.empty();
        if (body.length > BODY_BYTES_MAX || kind.isEmpty()) {
            return new byte[0];
        }
        boolean cut = "yes".equals(exchange.getRequestHeaders().getFirst("X-Chela-Cut"));
        try {
            return asked.answer(parts[1], parts[2], kind.get(), body, cut)
                    .wire(parts[1])
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            LOG.warn("native hook not answered: event={} cause={}", kind.get(), e.toString());
            return new byte[0];
        }
    }

    private boolean isKnown(@Nullable String authorization) {
        byte[] shown =
                (authorization == null ? "" : authorization).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(shown, ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }
}
