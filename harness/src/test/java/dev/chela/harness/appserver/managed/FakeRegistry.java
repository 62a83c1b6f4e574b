package dev.chela.harness.appserver.managed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An npm registry on loopback that serves one package, well or badly. */
final class FakeRegistry implements AutoCloseable {

    /** One answer. */
    interface Behaviour {
        void answer(HttpExchange exchange, int request) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    FakeRegistry(Behaviour behaviour) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    String range = exchange.getRequestHeaders().getFirst("Range");
                    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
                    seen.add(
                            "%s range=%s authorization=%s"
                                    .formatted(
                                            exchange.getRequestURI().getPath(),
                                            range,
                                            authorization));
                    try (exchange) {
                        behaviour.answer(exchange, requests.incrementAndGet());
                    }
                });
        server.start();
    }

    /** Serves bytes, or the rest of them if a range is asked for. */
    static Behaviour serving(byte[] content) {
        return (exchange, request) -> serve(exchange, content, content.length);
    }

    /** Announces everything and stops after {@code stopAt} bytes of the file. */
    static void serve(HttpExchange exchange, byte[] content, int stopAt) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from =
                range == null ? 0 : Integer.parseInt(range.replace("bytes=", "").replace("-", ""));
        if (from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
        exchange.getResponseBody().write(content, from, Math.max(0, stopAt - from));
        exchange.getResponseBody().flush();
    }

    String url() {
        return "http://127.0.0.1:%d/npm/".formatted(server.getAddress().getPort());
    }

    int requests() {
        return requests.get();
    }

    List<String> seen() {
        return seen;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
