package dev.chela.channels.telegram.kit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Updates that wait until an offset confirms them; a second poller ends the first one's poll. */
final class UpdateQueue {

    private static final int BATCH = 100;

    private final Deque<JsonObject> waiting = new ArrayDeque<>();
    private int nextId = 1000;
    private int poller;
    private boolean closed;

    synchronized int add(JsonObject update) {
        update.addProperty("update_id", nextId);
        waiting.addLast(update);
        notifyAll();
        return nextId++;
    }

    /** The batch from {@code offset} on; empty when another poll took over. */
    synchronized Optional<JsonArray> poll(int offset, Duration wait, int limit)
            throws InterruptedException {
        int me = ++poller;
        notifyAll();
        waiting.removeIf(update -> offset > 0 && id(update) < offset);
        long deadline = System.nanoTime() + wait.toNanos();
        while (waiting.isEmpty() && !closed && poller == me) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        if (poller != me) {
            return Optional.empty();
        }
        JsonArray batch = new JsonArray();
        waiting.stream().limit(Math.min(limit, BATCH)).forEach(u -> batch.add(u.deepCopy()));
        return Optional.of(batch);
    }

    synchronized int unconfirmed() {
        return waiting.size();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private static int id(JsonObject update) {
        return update.get("update_id").getAsInt();
    }
}
