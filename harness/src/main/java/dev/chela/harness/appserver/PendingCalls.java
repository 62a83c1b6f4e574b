package dev.chela.harness.appserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Our requests that wait for an answer: their ids, and room for at most 100 of them. */
final class PendingCalls {

    /** More at once and the server refuses some and forgets others. */
    static final int IN_FLIGHT_MAX = 100;

    /**
     * One request on its way.
     *
     * @param answer the whole answering message
     */
    record Call(long id, String method, CompletableFuture<JsonNode> answer) {}

    private final Semaphore room = new Semaphore(IN_FLIGHT_MAX, true);
    private final AtomicLong nextId = new AtomicLong(1);
    private final Map<Long, Call> calls = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable AppServerException> ended = new AtomicReference<>();

    /**
     * Takes a place, waiting for one if need be; empty if none became free in time.
     *
     * @throws AppServerException if the connection is closed
     */
    Optional<Call> begin(String method, long nanos) throws InterruptedException {
        if (!room.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        var call = new Call(nextId.getAndIncrement(), method, new CompletableFuture<>());
        calls.put(call.id(), call);
        AppServerException cause = ended.get();
        if (cause != null) {
            end(call);
            throw cause;
        }
        return Optional.of(call);
    }

    /** Gives the place back, answered or not. */
    void end(Call call) {
        if (calls.remove(call.id()) != null) {
            room.release();
        }
    }

    /** The request that an answer with this id belongs to; none if it gave up waiting. */
    Optional<Call> waiting(JsonNode id) {
        return id.isIntegralNumber()
                ? Optional.ofNullable(calls.get(id.longValue()))
                : Optional.empty();
    }

    /** Fails everything that waits and everything to come. */
    void close(AppServerException cause) {
        ended.compareAndSet(null, cause);
        calls.values().forEach(call -> call.answer().completeExceptionally(cause));
    }

    int inFlight() {
        return calls.size();
    }
}
