package dev.chela.harness.appserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.harness.appserver.protocol.ClientRequest;
import dev.chela.harness.appserver.protocol.RpcId;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.WireCodec;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** JSON-RPC over a transport: our requests with their answers, and the peer's own. */
final class RpcConnection implements AutoCloseable {

    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(10);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(30);
    private static final long BACKOFF_MIN_MS = 25;
    private static final long BACKOFF_MAX_MS = 1_000;
    private static final int INTERNAL_ERROR = -32603;

    private final Transport transport;
    private final WireCodec codec;
    private final RpcInbound inbound;
    private final RpcWriter writer;
    private final PendingCalls pending = new PendingCalls();
    private final RpcCounters counters = new RpcCounters();

    /** How much was heard when a request began that nothing at all came after; -1 at first. */
    private volatile long heardBeforeSilence = -1;

    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<AppServerException> closed = new CompletableFuture<>();

    RpcConnection(Transport transport, WireCodec codec, RpcInbound inbound) {
        this.transport = transport;
        this.codec = codec;
        this.inbound = inbound;
        this.writer = new RpcWriter(transport, this::end);
    }

    void start() {
        writer.start();
        var reader = new RpcReader(transport, codec, pending, counters, inbound, this::replyTo);
        Thread.ofVirtual().name("app-server-reader").start(() -> end(reader.run()));
    }

    RpcCounters counters() {
        return counters;
    }

    /** Completes when nothing of the connection is left. */
    CompletableFuture<AppServerException> closed() {
        return closed.copy();
    }

    boolean isOpen() {
        return !closing.get();
    }

    /** Whether a request was left unanswered and nothing came since it was sent. */
    boolean isMute() {
        return heardBeforeSilence == counters.heardCount();
    }

    /** Asks and waits for the answer, at most {@code deadline}. */
    <R> R request(ClientRequest<R> request, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        long backoff = BACKOFF_MIN_MS;
        try {
            while (true) {
                JsonNode answer = ask(request, deadline, end);
                JsonNode error = answer.get("error");
                if (error == null || error.isNull()) {
                    return decoded(request, answer.path("result"));
                }
                RpcFailedException refused = refused(request, error);
                if (refused.refusal() != RpcRefusal.OVERLOADED) {
                    throw refused;
                }
                counters.overloaded();
                long pause = backoff + ThreadLocalRandom.current().nextLong(backoff);
                if (end - System.nanoTime() < TimeUnit.MILLISECONDS.toNanos(pause)) {
                    throw refused;
                }
                pause(pause);
                backoff = Math.min(BACKOFF_MAX_MS, backoff * 2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestTimedOutException(
                    "%s was given up: its caller was interrupted".formatted(request.method()));
        }
    }

    /** Tells the peer something that has no answer. */
    void tell(String method) {
        ObjectNode message = codec.mapper().createObjectNode();
        message.put("method", method);
        hand(message);
    }

    /** Closes because of {@code reason}; the first reason stays. */
    void end(String reason) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        var cause =
                ConnectionClosedException.lost(
                        "the connection to the app-server (%s) ended: %s"
                                .formatted(transport.endpoint(), reason),
                        null);
        pending.close(cause);
        inbound.closed(cause);
        writer.stop();
        transport.close();
        closed.complete(cause);
    }

    /** Returns when nothing of the connection is left, whoever ended it. */
    @Override
    public void close() {
        end("closed by Chela");
        try {
            closed.get(CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("closing did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode ask(ClientRequest<?> request, Duration deadline, long end)
            throws InterruptedException {
        long heard = counters.heardCount();
        String params = request.hasParams() ? encoded(request) : "";
        PendingCalls.Call call =
                pending.begin(request.method(), end - System.nanoTime())
                        .orElseThrow(() -> noRoom(request, deadline));
        try {
            String message = message(call.id(), request.method(), params);
            if (WireText.utf8Bytes(message) > transport.bytesMax()) {
                throw new ProtocolViolationException(
                        "%s is larger than the %d bytes that may be sent"
                                .formatted(request.method(), transport.bytesMax()),
                        null);
            }
            if (!writer.offer(message, end - System.nanoTime())) {
                throw noRoom(request, deadline);
            }
            return call.answer().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            heardBeforeSilence = heard;
            throw new RequestTimedOutException(
                    "%s had no answer within %d ms; the app-server is still connected"
                            .formatted(request.method(), deadline.toMillis()));
        } catch (ExecutionException e) {
            throw failure(request, Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            pending.end(call);
        }
    }

    private String encoded(ClientRequest<?> request) {
        ObjectNode params = codec.encode(request);
        String text = paired(params);
        if (WireTap.OF_REQUESTS.isBound()) {
            WireTap.OF_REQUESTS.get().sent(request.method(), params, text.length());
        }
        return text;
    }

    private String message(long id, String method, String params) {
        String head = "{\"method\":\"%s\",\"id\":%d".formatted(method, id);
        return params.isEmpty() ? head + "}" : head + ",\"params\":" + params + "}";
    }

    private <R> R decoded(ClientRequest<R> request, JsonNode result) {
        try {
            return codec.decode(request.result(), result);
        } catch (JsonProcessingException e) {
            throw new ProtocolViolationException(
                    "the answer to %s cannot be read: %s"
                            .formatted(request.method(), e.getOriginalMessage()),
                    e);
        }
    }

    private static RpcFailedException refused(ClientRequest<?> request, JsonNode error) {
        return new RpcFailedException(
                request.method(),
                error.path("code").asInt(),
                error.get("data"),
                error.path("message").asText());
    }

    /** The same cause, with the caller's own stack. */
    private static AppServerException failure(ClientRequest<?> request, Throwable cause) {
        String message = "%s: %s".formatted(request.method(), cause.getMessage());
        return cause instanceof ProtocolViolationException
                ? new ProtocolViolationException(message, cause)
                : ConnectionClosedException.lost(message, cause);
    }

    private static RequestTimedOutException noRoom(ClientRequest<?> request, Duration deadline) {
        return new RequestTimedOutException(
                "%s was not sent within %d ms: too many requests are waiting for the app-server"
                        .formatted(request.method(), deadline.toMillis()));
    }

    /** Waits, but no longer than the connection lives. */
    private void pause(long millis) throws InterruptedException {
        try {
            closed.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("closed never completes exceptionally", e);
        }
    }

    private Reply replyTo(RpcId id) {
        return new OnceReply(id);
    }

    private String paired(ObjectNode node) {
        return WireText.paired(node.toString());
    }

    private boolean hand(ObjectNode message) {
        if (closing.get()) {
            return false;
        }
        try {
            String text = paired(message);
            if (writer.offerNow(text) || writer.offer(text, ANSWER_DEADLINE.toNanos())) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        end("the app-server does not read");
        return false;
    }

    private final class OnceReply implements Reply {

        private final RpcId id;
        private final AtomicBoolean answered = new AtomicBoolean();

        private OnceReply(RpcId id) {
            this.id = id;
        }

        @Override
        public Optional<RpcId> id() {
            return Optional.of(id);
        }

        @Override
        public boolean answer(ServerAnswer answer) {
            return send("result", codec.encode(answer));
        }

        @Override
        public boolean fail(int code, String text) {
            ObjectNode error = codec.mapper().createObjectNode();
            return send("error", error.put("code", code).put("message", text));
        }

        private boolean send(String member, ObjectNode body) {
            if (!answered.compareAndSet(false, true)) {
                return false;
            }
            ObjectNode message = message(member, body);
            long bytes = WireText.utf8Bytes(paired(message));
            if (bytes <= transport.bytesMax()) {
                return hand(message);
            }
            // Sent, it would cost the connection; unanswered, the turn would wait for ever.
            counters.unsent(bytes, transport.bytesMax());
            return hand(
                    message(
                            "error",
                            codec.mapper()
                                    .createObjectNode()
                                    .put("code", INTERNAL_ERROR)
                                    .put(
                                            "message",
                                            "the answer has %d bytes, the bound is %d"
                                                    .formatted(bytes, transport.bytesMax()))));
        }

        private ObjectNode message(String member, ObjectNode body) {
            ObjectNode message = codec.mapper().createObjectNode();
            message.set("id", id.value());
            message.set(member, body);
            return message;
        }
    }
}
