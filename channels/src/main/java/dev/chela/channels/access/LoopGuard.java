package dev.chela.channels.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chela.channels.ChannelEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stops two bots from talking to each other for ever: after too many events of one bot to one
 * account inside the window, that bot is not heard until the silence is over. Safe for use by
 * several threads.
 */
public final class LoopGuard {

    private static final int PAIRS_MAX = 10_000;

    private final InstantSource clock;
    private final Cache<Pair, Talk> talks = Caffeine.newBuilder().maximumSize(PAIRS_MAX).build();

    public LoopGuard(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts the event; whether it may be heard. People are always heard. */
    public boolean hears(LoopRules rules, ChannelEvent event) {
        if (!event.sender().bot() || !rules.enabled()) {
            return true;
        }
        Pair pair = new Pair(event.id().channel(), event.id().account(), event.sender().id());
        return talks.get(pair, key -> new Talk()).hears(rules, clock.instant());
    }

    private record Pair(String channel, String account, String bot) {}

    private static final class Talk {

        private final Deque<Instant> heard = new ArrayDeque<>();
        private Instant silentUntil = Instant.MIN;

        synchronized boolean hears(LoopRules rules, Instant now) {
            if (now.isBefore(silentUntil)) {
                return false;
            }
            while (!heard.isEmpty() && !heard.getFirst().isAfter(now.minus(rules.window()))) {
                heard.removeFirst();
            }
            if (heard.size() >= rules.eventsMax()) {
                heard.clear();
                silentUntil = now.plus(rules.silence());
                return false;
            }
            heard.addLast(now);
            return true;
        }
    }
}
