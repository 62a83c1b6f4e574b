package dev.chela.harness.kit;

import dev.chela.harness.Timers;
import java.time.Duration;
import java.time.Instant;

/** Timers as one process has them: when that dies, nothing rings any more. */
public final class MortalTimers implements Timers {

    private final Timers inner;
    private volatile boolean dead;

    public MortalTimers(Timers inner) {
        this.inner = inner;
    }

    public void die() {
        dead = true;
    }

    @Override
    public Instant instant() {
        return inner.instant();
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        return dead
                ? () -> {}
                : inner.after(
                        delay,
                        () -> {
                            if (!dead) {
                                task.run();
                            }
                        });
    }
}
