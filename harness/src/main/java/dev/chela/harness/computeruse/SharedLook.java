package dev.chela.harness.computeruse;

import dev.chela.harness.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A look that several wait for; its waiting ends when the last of them has left. */
final class SharedLook implements Pause {

    private final Timers timers;
    private final CompletableFuture<Readiness> done = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> deserted = new CompletableFuture<>();
    private int waiting;
    private boolean over;

    SharedLook(Timers timers) {
        this.timers = timers;
    }

    CompletableFuture<Readiness> done() {
        return done;
    }

    /** One more waits; false if everybody has left and it goes to its end alone. */
    synchronized boolean enter() {
        if (over) {
            return false;
        }
        waiting++;
        return true;
    }

    void leave() {
        boolean last;
        synchronized (this) {
            waiting--;
            last = waiting == 0;
            over |= last;
        }
        if (last) {
            deserted.complete(null);
        }
    }

    boolean isDeserted() {
        return deserted.isDone();
    }

    @Override
    public boolean of(Duration time) {
        CompletableFuture<@Nullable Void> rung = new CompletableFuture<>();
        Timers.Alarm alarm = timers.after(time, () -> rung.complete(null));
        try {
            CompletableFuture.anyOf(rung, deserted).join();
            return !isDeserted();
        } finally {
            alarm.cancel();
        }
    }
}
