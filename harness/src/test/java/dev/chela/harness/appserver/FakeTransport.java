package dev.chela.harness.appserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.appserver.protocol.WireCodec;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/** A transport in memory: what the client sends goes to a script, which says what comes back. */
public final class FakeTransport implements Transport {

    private final WireCodec codec = new WireCodec();
    private final BlockingQueue<Frame> incoming = new LinkedBlockingQueue<>();
    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();
    private final BiConsumer<JsonNode, FakeTransport> script;

    public FakeTransport(BiConsumer<JsonNode, FakeTransport> script) {
        this.script = script;
    }

    /** A peer that introduces itself properly and leaves the rest to {@code script}. */
    public static FakeTransport introduced(BiConsumer<JsonNode, FakeTransport> script) {
        return new FakeTransport(
                (message, peer) -> {
                    if (message.path("method").asText().equals("initialize")) {
                        peer.says(
                                """
                                {"id":%s,"result":{"userAgent":"chela/0.169.0 (x)",\
                                "codexHome":"/h","platformFamily":"unix","platformOs":"linux"}}"""
                                        .formatted(message.get("id")));
                    } else {
                        script.accept(message, peer);
                    }
                });
    }

    public void says(String text) {
        incoming.add(new Frame.Text(text));
    }

    void saysOversized(String head, long bytes) {
        incoming.add(new Frame.Oversized(head, bytes));
    }

    public void hangsUp(String reason) {
        incoming.add(new Frame.End(reason));
    }

    /** What the client sent so far. */
    public List<JsonNode> sent() {
        return sent;
    }

    @Override
    public String endpoint() {
        return "memory";
    }

    @Override
    public long bytesMax() {
        return 1_000_000;
    }

    @Override
    public void send(String message) {
        try {
            JsonNode node = codec.parse(message);
            sent.add(node);
            script.accept(node, this);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the client sent no JSON: " + message, e);
        }
    }

    @Override
    public Frame receive() throws InterruptedException {
        return incoming.take();
    }

    @Override
    public void close() {
        hangsUp("closed");
    }
}
