package dev.chela.harness.scripted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model on 127.0.0.1 that answers {@code POST /v1/responses} by a script. It runs until it is
 * closed; every bound below refuses with an HTTP status, never by waiting.
 */
public final class ScriptedModel implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ScriptedModel.class);

    private static final int BODY_MAX = 64 * 1024 * 1024;
    private static final int ANSWERS_MAX = 256;
    private static final int RECORDED_MAX = 1_000;
    private static final Duration HOLD_MAX = Duration.ofMinutes(10);

    private final ObjectMapper json = new ObjectMapper();
    private final FreshIds ids = new FreshIds();
    private final ReplyPlayer player = new ReplyPlayer(ids, HOLD_MAX);
    private final Semaphore answers = new Semaphore(ANSWERS_MAX);
    private final Deque<ModelRequest> recorded = new ArrayDeque<>();
    private final ScriptedMind mind;
    private final HttpServer server;
    private final ExecutorService threads;

    private ScriptedModel(ScriptedMind mind, int port) throws IOException {
        this.mind = mind;
        // Without it each small event waits for the acknowledgement of the one before, up to 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        server = HttpServer.create(new InetSocketAddress(loopback, port), ANSWERS_MAX);
        threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("scripted-model-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A model that knows the phrases of {@link ScriptedPhrase}, on a free port. */
    public static ScriptedModel start() throws IOException {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The base address for Codex's {@code base_url}, {@code http://127.0.0.1:PORT/v1}. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** The last thousand requests, oldest first. */
    public List<ModelRequest> requests() {
        synchronized (recorded) {
            return new ArrayList<>(recorded);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (!answers.tryAcquire()) {
            refuse(exchange, 503, "more than " + ANSWERS_MAX + " answers at once");
            return;
        }
        try {
            if (!exchange.getRequestURI().getPath().equals("/v1/responses")) {
                refuse(exchange, 404, "only POST /v1/responses is known here");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                refuse(exchange, 405, "only POST is known here");
            } else {
                respond(exchange);
            }
            exchange.close();
        } finally {
            answers.release();
        }
    }

    private void respond(HttpExchange exchange) throws IOException {
        var bytes = exchange.getRequestBody().readNBytes(BODY_MAX + 1);
        if (bytes.length > BODY_MAX) {
            refuse(exchange, 413, "the request is larger than " + BODY_MAX + " bytes");
            return;
        }
        JsonNode body;
        try {
            body = json.readTree(bytes);
        } catch (JsonProcessingException e) {
            refuse(exchange, 400, "the request is no JSON: " + e.getOriginalMessage());
            return;
        }
        var request = ModelRequest.of(body);
        record(request);
        var reply = mind.answer(request);
        log.debug("scripted answer steps={} calls={}", reply.steps().size(), request.calls());
        player.play(reply, new SseReplySink(exchange, ids.next("resp")));
    }

    private void record(ModelRequest request) {
        synchronized (recorded) {
            if (recorded.size() == RECORDED_MAX) {
                recorded.removeFirst();
            }
            recorded.addLast(request);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("type", "invalid_request_error").put("message", why);
        JsonAnswer.send(exchange, status, body);
    }

    /** Adds rules of a test's own in front of the phrases. */
    public static final class Builder {

        private final List<ScriptRules.Rule> rules = new ArrayList<>();
        private ScriptedMind otherwise = new PhraseMind();
        private int port;

        private Builder() {}

        /** A fixed port; 0, the default, takes a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Answers messages whose text fits: the first request with the first reply, the next (after
         * a tool call, or another message) with the next, and then the last one again and again.
         */
        public Builder onText(Predicate<String> fits, ModelReply... replies) {
            return on(
                    request -> fits.test(request.userText()), ScriptRules.inTurn(List.of(replies)));
        }

        /** Answers requests that fit; rules are tried in the order they were added. */
        public Builder on(Predicate<ModelRequest> fits, ScriptedMind mind) {
            rules.add(new ScriptRules.Rule(fits, mind));
            return this;
        }

        /** What answers when no rule fits; the phrases unless set. */
        public Builder otherwise(ScriptedMind mind) {
            otherwise = mind;
            return this;
        }

        /** The mind alone, for a peer that needs no HTTP. */
        public ScriptedMind mind() {
            return new ScriptRules(rules, otherwise);
        }

        public ScriptedModel start() throws IOException {
            return new ScriptedModel(mind(), port);
        }
    }
}
