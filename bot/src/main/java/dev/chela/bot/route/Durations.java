package dev.chela.bot.route;

import java.time.Duration;

/** Lengths of time in words. */
final class Durations {

    private Durations() {}

    static String words(Duration duration) {
        if (duration.toHours() > 0) {
            return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
        }
        return duration.toMinutes() > 0
                ? "%d min".formatted(duration.toMinutes())
                : "%d s".formatted(Math.max(1, duration.toSeconds()));
    }
}
