package dev.chela.channels.access;

import java.time.Duration;

/**
 * When talk with a bot counts as a loop.
 *
 * @param enabled whether anybody counts
 * @param eventsMax events of one bot to one account inside the window; one more is a loop
 * @param silence how long that bot is not heard then
 */
public record LoopRules(boolean enabled, int eventsMax, Duration window, Duration silence) {

    /** 20 events in 60 s, then 60 s of silence. */
    public static LoopRules standard() {
        return new LoopRules(true, 20, Duration.ofSeconds(60), Duration.ofSeconds(60));
    }
}
