package dev.chela.channels.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chela.channels.ChannelEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stops two bots from talking to each other for ever: after {@code eventsMax} events of one bot to
 * one account inside the window, that bot is not heard until the silence is over. Safe for use by
 * several threads.
 */
public final class LoopGuard {

    private static final int PAIRS_MAX = 10_000;

    private final InstantSource clock;
    private final int eventsMax;
    private final Duration window;
    private final Duration silence;
    private final Cache<Pair, Talk> talks = Caffeine.newBuilder().maximumSize(PAIRS_MAX).build();

    public LoopGuard(InstantSource clock, int eventsMax, Duration window, Duration silence) {
        this.clock = clock;
        this.eventsMax = eventsMax;
        this.window = window;
        this.silence = silence;
    }

    /** 20 events in 60 s, then 60 s of silence. */
    public static LoopGuard standard(InstantSource clock) {
        return new LoopGuard(clock, 20, Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    /** Counts the event; whether it may be heard. People are always heard. */
    public boolean hears(ChannelEvent event) {
        if (!event.sender().bot()) {
            return true;
        }
        Pair pair = new Pair(event.id().channel(), event.id().account(), event.sender().id());
        return talks.get(pair, key -> new Talk()).hears(clock.instant());
    }

    private record Pair(String channel, String account, String bot) {}

    private final class Talk {

        private final Deque<Instant> heard = new ArrayDeque<>();
        private Instant silentUntil = Instant.MIN;

        synchronized boolean hears(Instant now) {
            if (now.isBefore(silentUntil)) {
                return false;
            }
            while (!heard.isEmpty() && !heard.getFirst().isAfter(now.minus(window))) {
                heard.removeFirst();
            }
            if (heard.size() >= eventsMax) {
                heard.clear();
                silentUntil = now.plus(silence);
                return false;
            }
            heard.addLast(now);
            return true;
        }
    }
}
