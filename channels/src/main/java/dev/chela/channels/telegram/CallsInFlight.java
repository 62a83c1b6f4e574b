package dev.chela.channels.telegram;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Call;

/**
 * The calls that are under way, so that closing neither waits for a poll nor cuts a send off: a
 * send that is cut off would stay unknown for ever.
 */
final class CallsInFlight {

    private final Map<Call, Boolean> polls = new HashMap<>();
    private boolean closed;

    /** False once closed: the call must not be made. */
    synchronized boolean enter(Call call, boolean poll) {
        if (!closed) {
            polls.put(call, poll);
        }
        return !closed;
    }

    synchronized void leave(Call call) {
        polls.remove(call);
        notifyAll();
    }

    /** Lets nothing in any more, cancels polls, and whatever is left after {@code grace}. */
    void close(Duration grace) {
        synchronized (this) {
            closed = true;
        }
        cancel(true);
        awaitEmpty(grace);
        cancel(false);
    }

    private void cancel(boolean pollsOnly) {
        List<Call> calls;
        synchronized (this) {
            calls =
                    polls.entrySet().stream()
                            .filter(entry -> entry.getValue() || !pollsOnly)
                            .map(Map.Entry::getKey)
                            .toList();
        }
        calls.forEach(Call::cancel);
    }

    private synchronized void awaitEmpty(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        try {
            while (!polls.isEmpty()) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return;
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
