package dev.chela.channels.telegram.kit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Updates that wait until an offset confirms them; a second poller ends the first one's poll. */
final class UpdateQueue {

    private static final int BATCH = 100;

    private final Deque<JsonObject> waiting = new ArrayDeque<>();
    private final List<JsonObject> confirmed = new ArrayList<>();
    private final List<JsonObject> again = new ArrayList<>();
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
        confirm(offset);
        long deadline = System.nanoTime() + wait.toNanos();
        while (waiting.isEmpty() && again.isEmpty() && !closed && poller == me) {
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
        again.forEach(update -> batch.add(update.deepCopy()));
        again.clear();
        waiting.stream().limit(Math.min(limit, BATCH)).forEach(u -> batch.add(u.deepCopy()));
        return Optional.of(batch);
    }

    private void confirm(int offset) {
        for (JsonObject update : List.copyOf(waiting)) {
            if (offset > 0 && id(update) < offset) {
                waiting.remove(update);
                confirmed.add(update);
            }
        }
    }

    /** Everything confirmed goes out once more with the next batch. */
    synchronized void repeat() {
        again.addAll(confirmed);
        notifyAll();
    }

    synchronized int unconfirmed() {
        return waiting.size() + again.size();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private static int id(JsonObject update) {
        return update.get("update_id").getAsInt();
    }
}
