package dev.chela.channels.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One HTTP request and its one answer. */
public final class Call {

    private final HttpExchange exchange;
    private final SlowPeers slowPeers;
    private final StreamSlots slots;
    private final Map<String, String> query;
    private boolean answered;

    Call(HttpExchange exchange, SlowPeers slowPeers, StreamSlots slots) {
        this.exchange = exchange;
        this.slowPeers = slowPeers;
        this.slots = slots;
        this.query = queryOf(exchange.getRequestURI().getRawQuery());
    }

    public String method() {
        return exchange.getRequestMethod();
    }

    public String path() {
        return exchange.getRequestURI().getPath();
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /**
     * Checks the method.
     *
     * @throws HttpException 405 otherwise
     */
    public void expect(String method) {
        boolean head = method.equals("GET") && method().equals("HEAD");
        if (!method().equals(method) && !head) {
            setHeader("Allow", method);
            throw new HttpException(405, "use " + method + " here");
        }
    }

    /**
     * The whole request body.
     *
     * @throws HttpException 413 if it has more than {@code bytesMax}
     */
    public byte[] body(int bytesMax) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body(body, bytesMax);
        return body.toByteArray();
    }

    /** Copies the request body to {@code target}; 413 as soon as it proves too long. */
    public long body(OutputStream target, long bytesMax) throws IOException {
        long announced = header("Content-Length").map(Call::lengthOf).orElse(0L);
        if (announced > bytesMax) {
            throw tooLong(bytesMax);
        }
        InputStream in = exchange.getRequestBody();
        byte[] buffer = new byte[16_384];
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            total += n;
            if (total > bytesMax) {
                throw tooLong(bytesMax);
            }
            target.write(buffer, 0, n);
        }
        return total;
    }

    /** Sets a header of the answer, before it is sent. */
    public void setHeader(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    public void json(int status, String json) throws IOException {
        send(status, "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
    }

    public void text(int status, String text) throws IOException {
        send(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(int status, String contentType, byte[] body) throws IOException {
        try (OutputStream out = begin(status, contentType, body.length)) {
            if (!method().equals("HEAD")) {
                out.write(body);
            }
        }
    }

    /** Sends a file of somebody else: it may run nothing, not even when opened by itself. */
    public void sendForeign(String contentType, Path file) throws IOException {
        setHeader("Content-Security-Policy", SecurityHeaders.FILE_POLICY);
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = begin(200, contentType, Files.size(file))) {
            if (!method().equals("HEAD")) {
                in.transferTo(out);
            }
        }
    }

    /**
     * Begins a stream of server-sent events; the call ends when it is closed.
     *
     * @throws HttpException 503 if too many are open
     */
    public EventStream events() throws IOException {
        slots.take();
        boolean begun = false;
        try {
            EventStream stream =
                    new EventStream(begin(200, "text/event-stream; charset=utf-8", -1), slots);
            begun = true;
            return stream;
        } finally {
            if (!begun) {
                slots.release();
            }
        }
    }

    boolean answered() {
        return answered;
    }

    boolean wantsPage() {
        boolean shown = method().equals("GET") || method().equals("POST");
        return shown && header("Accept").orElse("").contains("text/html");
    }

    String peer() {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    Optional<String> cookie(String name) {
        return header("Cookie").stream()
                .flatMap(line -> Arrays.stream(line.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    String queryWithout(String name) {
        String raw = exchange.getRequestURI().getRawQuery();
        String left =
                Arrays.stream(raw == null ? new String[0] : raw.split("&"))
                        .filter(pair -> !pair.startsWith(name + "="))
                        .reduce((a, b) -> a + "&" + b)
                        .orElse("");
        return left.isEmpty() ? "" : "?" + left;
    }

    /**
     * @param length bytes to come, -1 when unknown
     */
    private OutputStream begin(int status, String contentType, long length) throws IOException {
        answered = true;
        setHeader("Content-Type", contentType);
        if (method().equals("HEAD") || status == 204 || status == 304) {
            exchange.sendResponseHeaders(status, -1);
            return OutputStream.nullOutputStream();
        }
        exchange.sendResponseHeaders(status, length == 0 ? -1 : Math.max(length, 0));
        return slowPeers.guard(exchange.getResponseBody());
    }

    private HttpException tooLong(long bytesMax) {
        setHeader("Connection", "close");
        return new HttpException(413, "the body is longer than %d bytes".formatted(bytesMax));
    }

    private static long lengthOf(String header) {
        try {
            return Long.parseLong(header);
        } catch (NumberFormatException e) {
            throw new HttpException(400, "Content-Length is not a number");
        }
    }

    private static Map<String, String> queryOf(@org.jspecify.annotations.Nullable String raw) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                found.putIfAbsent(
                        decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return found;
    }

    private static String decode(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HttpException(400, "the address has a broken %-escape");
        }
    }
}
