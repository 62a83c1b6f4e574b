package dev.chela.harness.session;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code /queue} sets, for a session or, inline, for one message; what is empty comes from the
 * next wider place.
 */
public record QueueOverride(
        Optional<QueueMode> mode,
        Optional<Duration> debounce,
        Optional<Integer> cap,
        Optional<QueueConfig.Drop> drop) {

    public QueueOverride {
        cap.ifPresent(
                value -> {
                    if (value < 1) {
                        throw new IllegalArgumentException(
                                "cap is %d, at least 1".formatted(value));
                    }
                });
    }

    public static QueueOverride none() {
        return new QueueOverride(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static QueueOverride of(QueueMode mode) {
        return new QueueOverride(
                Optional.of(mode), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What this says, and for the rest what {@code earlier} said. */
    public QueueOverride over(QueueOverride earlier) {
        return new QueueOverride(
                mode.or(earlier::mode),
                debounce.or(earlier::debounce),
                cap.or(earlier::cap),
                drop.or(earlier::drop));
    }

    public boolean isEmpty() {
        return equals(none());
    }
}
