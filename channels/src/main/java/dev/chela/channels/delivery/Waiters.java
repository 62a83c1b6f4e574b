package dev.chela.channels.delivery;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/** Futures of intents that somebody waits for. */
final class Waiters {

    private final Outbox outbox;
    private final Executor executor;
    private final ConcurrentMap<String, CompletableFuture<Posted>> waiting =
            new ConcurrentHashMap<>();

    Waiters(Outbox outbox, Executor executor) {
        this.outbox = outbox;
        this.executor = executor;
    }

    CompletableFuture<Posted> of(String intent) {
        CompletableFuture<Posted> future = expect(intent);
        lookUp(intent);
        return future;
    }

    /** The future of an intent that is stored after this; its end cannot be missed then. */
    CompletableFuture<Posted> expect(String intent) {
        return waiting.computeIfAbsent(intent, key -> new CompletableFuture<>());
    }

    /** It may have been settled before anybody waited. */
    void lookUp(String intent) {
        settled(intent, outbox.ofIntent(intent));
    }

    /** Tells whoever waits, unless parts of the intent still do. */
    void settled(String intent, List<OutboxRow> parts) {
        Posted posted = Posted.of(intent, parts);
        if (posted.state() == Posted.State.WAITING) {
            return;
        }
        CompletableFuture<Posted> future = waiting.remove(intent);
        if (future != null) {
            executor.execute(() -> future.complete(posted));
        }
    }

    boolean anybodyFor(String intent) {
        return waiting.containsKey(intent);
    }

    void close() {
        DeliveryException closed =
                new DeliveryException(
                        "delivery was closed; the message is stored and goes out at the"
                                + " next start");
        waiting.values().forEach(future -> future.completeExceptionally(closed));
        waiting.clear();
    }
}
