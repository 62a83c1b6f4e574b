package dev.chela.harness.appserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.chela.harness.appserver.protocol.RpcId;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.WireCodec;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one thread that reads a connection: decodes, hands over, does nothing else. */
final class RpcReader {

    /** How an answer of ours begins, when only its head is left. */
    private static final Pattern ANSWER_HEAD =
            Pattern.compile("\\{\"id\":(\\d{1,18}),\"(?:result|error)\".*", Pattern.DOTALL);

    private final Transport transport;
    private final WireCodec codec;
    private final PendingCalls pending;
    private final RpcCounters counters;
    private final RpcInbound inbound;
    private final Function<RpcId, Reply> replies;

    RpcReader(
            Transport transport,
            WireCodec codec,
            PendingCalls pending,
            RpcCounters counters,
            RpcInbound inbound,
            Function<RpcId, Reply> replies) {
        this.transport = transport;
        this.codec = codec;
        this.pending = pending;
        this.counters = counters;
        this.inbound = inbound;
        this.replies = replies;
    }

    /** Reads to the end and tells why it ended. */
    String run() {
        try {
            while (true) {
                switch (transport.receive()) {
                    case Frame.Text(String text) -> {
                        counters.heard();
                        read(text);
                    }
                    case Frame.Oversized(String head, long bytes) -> {
                        counters.heard();
                        skipped(head, bytes);
                    }
                    case Frame.End(String reason) -> {
                        return reason;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "reading was interrupted";
        }
    }

    private void read(String text) {
        JsonNode message;
        try {
            message = codec.parse(text);
        } catch (JsonProcessingException e) {
            counters.malformed(text);
            return;
        }
        JsonNode method = message.path("method");
        JsonNode id = message.path("id");
        if (method.isTextual()) {
            Optional<RpcId> requestId = RpcId.from(id);
            if (requestId.isPresent()) {
                requested(method.asText(), message.path("params"), requestId.get());
            } else {
                JsonNode params = message.path("params");
                inbound.notified(
                        codec.notification(method.asText(), params), params, text.length());
            }
        } else if (message.has("result") || message.has("error")) {
            answered(id, message);
        } else {
            counters.malformed(text);
        }
    }

    private void requested(String method, JsonNode params, RpcId id) {
        Reply reply = replies.apply(id);
        Optional<ServerRequest> request = codec.request(method, params);
        if (request.isPresent()) {
            inbound.requested(request.get(), reply);
        } else {
            // Off the reader: the writer may be full, and the reader must never wait for it.
            Thread.ofVirtual().start(() -> reply.fail(Reply.NOT_SERVED, "method not served"));
        }
    }

    private void answered(JsonNode id, JsonNode message) {
        Optional<PendingCalls.Call> call = pending.waiting(id);
        if (call.isEmpty() || !call.get().answer().complete(message)) {
            counters.late();
        }
    }

    private void skipped(String head, long bytes) {
        counters.oversized(bytes, transport.bytesMax());
        Matcher matcher = ANSWER_HEAD.matcher(head);
        if (!matcher.matches()) {
            return;
        }
        JsonNode id = LongNode.valueOf(Long.parseLong(matcher.group(1)));
        pending.waiting(id)
                .ifPresent(
                        call ->
                                call.answer()
                                        .completeExceptionally(
                                                new ProtocolViolationException(
                                                        "its answer has %d bytes, the bound is %d"
                                                                .formatted(
                                                                        bytes,
                                                                        transport.bytesMax()),
                                                        null)));
    }
}
