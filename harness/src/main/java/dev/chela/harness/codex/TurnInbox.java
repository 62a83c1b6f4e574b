package dev.chela.harness.codex;

import dev.chela.harness.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox of one turn: at most 1 000 inputs wait, whoever brings more waits too. Also wakes the
 * reader when its state machine wants to.
 */
final class TurnInbox {

    private static final int WAITING_MAX = 1_000;

    private final LinkedBlockingQueue<TurnInput> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
    private final Timers timers;
    private volatile boolean closed;
    private Timers.@Nullable Alarm alarm;
    private @Nullable Instant alarmAt;

    TurnInbox(Timers timers) {
        this.timers = timers;
    }

    void post(TurnInput input) {
        try {
            if (!closed) {
                waiting.put(input);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody reads any more: what waits is dropped, and so is what comes. */
    void close() {
        closed = true;
        clear();
    }

    /** Drops what waits; reader's thread only. */
    void clear() {
        disarm();
        waiting.clear();
    }

    /** The next input, or {@link TurnInput.Woken} when that time has come; reader's thread only. */
    TurnInput next(Optional<Instant> wakeAt) throws InterruptedException {
        if (waiting.isEmpty() && wakeAt.filter(at -> !timers.instant().isBefore(at)).isPresent()) {
            disarm();
            return new TurnInput.Woken();
        }
        wakeAt.ifPresent(this::arm);
        TurnInput next = waiting.take();
        if (next instanceof TurnInput.Woken) {
            alarm = null;
            alarmAt = null;
        }
        return next;
    }

    /** Takes back the alarm; reader's thread only. */
    void disarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
            alarmAt = null;
        }
    }

    /** An alarm that rings too early does no harm, so a later time keeps the one there is. */
    private void arm(Instant at) {
        if (alarmAt != null && !at.isBefore(alarmAt)) {
            return;
        }
        disarm();
        alarmAt = at;
        Duration left = Duration.between(timers.instant(), at);
        alarm = timers.after(left, () -> post(new TurnInput.Woken()));
    }
}
