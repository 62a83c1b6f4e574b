package dev.chela.channels.delivery;

import dev.chela.channels.Channel;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.Sent;
import dev.chela.channels.delivery.OutboxRow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on one conversation at a time: the oldest waiting row first, previews when none waits. A
 * row that is not due stops the conversation until it is; one that failed or stayed unknown does
 * not.
 */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final Platform platform;
    private final Function<Conversation, Optional<Channel>> channels;
    private final DeliverySettings settings;
    private final Machinery machinery;
    private final Wakeups wakeups;
    private final Previews previews;
    private final Waiters waiters;
    private final Pace pace = new Pace();

    /** How often the platform was asked about a row in this run. */
    private final ConcurrentMap<Long, Integer> asked = new ConcurrentHashMap<>();

    /** What a platform answered and the database did not take yet, by conversation. */
    private final ConcurrentMap<String, Runnable> unwritten = new ConcurrentHashMap<>();

    private volatile boolean closing;

    Lane(
            Outbox outbox,
            Function<Conversation, Optional<Channel>> channels,
            DeliverySettings settings,
            Machinery machinery,
            Wakeups wakeups,
            Previews previews,
            Waiters waiters) {
        this.outbox = outbox;
        this.platform = new Platform(machinery.checkpoints());
        this.channels = channels;
        this.settings = settings;
        this.machinery = machinery;
        this.wakeups = wakeups;
        this.previews = previews;
        this.waiters = waiters;
    }

    /** Works until nothing can be done now; trouble with the database is tried again later. */
    void work(String conversation) {
        CompletableFuture.runAsync(() -> run(conversation), Runnable::run)
                .exceptionally(
                        failure -> {
                            log.error("delivery conversation={} will go on", conversation, failure);
                            wakeups.at(
                                    conversation, machinery.clock().instant().plus(AFTER_TROUBLE));
                            return null;
                        })
                .join();
    }

    void close() {
        closing = true;
    }

    private void run(String conversation) {
        Runnable left = unwritten.get(conversation);
        if (left != null) {
            left.run();
            unwritten.remove(conversation);
        }
        boolean more = true;
        while (more && !closing) {
            more = step(conversation);
        }
    }

    private boolean step(String conversation) {
        Optional<OutboxRow> head = outbox.head(conversation);
        if (head.isEmpty()) {
            return previews.step(conversation);
        }
        OutboxRow row = head.get();
        Instant now = machinery.clock().instant();
        if (row.dueAt().isAfter(now)) {
            wakeups.at(conversation, row.dueAt());
            return false;
        }
        Optional<Channel> channel = channels.apply(row.conversation());
        if (channel.isEmpty()) {
            log.warn(
                    "outbox id={} waits: channel {} account {} is not configured",
                    row.id(),
                    row.conversation().channel(),
                    row.conversation().account());
            return false;
        }
        DeliveryRules rules = settings.rules().apply(row.conversation());
        if (row.state() == State.ASKING) {
            ask(row, channel.get(), rules);
            return true;
        }
        Duration wait = pace.take(conversation, rules, now);
        if (!wait.isZero()) {
            wakeups.at(conversation, now.plus(wait));
            return false;
        }
        attempt(row, channel.get(), rules);
        return true;
    }

    /** What may begin with the commit that stores it, in a conversation of the caller's. */
    Outbox.Start start(Conversation where, Channel channel) {
        DeliveryRules rules = settings.rules().apply(where);
        return new Outbox.Start(
                channel.capabilities().edits(),
                () ->
                        !closing
                                && pace.take(where.token(), rules, machinery.clock().instant())
                                        .isZero());
    }

    private void attempt(OutboxRow row, Channel channel, DeliveryRules rules) {
        outbox.begin(row, channel.capabilities().edits())
                .ifPresentOrElse(trying -> call(trying, channel, rules), () -> report(row, false));
    }

    /** Makes the call of an attempt that was begun. */
    void call(OutboxRow trying, Channel channel) {
        call(trying, channel, settings.rules().apply(trying.conversation()));
    }

    private void call(OutboxRow trying, Channel channel, DeliveryRules rules) {
        Chunk chunk = trying.chunk().orElseGet(() -> Draft.emoji(""));
        Sent sent = platform.call(channel, trying, trying.target().orElse(""), chunk);
        boolean askable = channel.capabilities().askable();
        settle(trying, Next.afterCall(trying, sent, askable, rules, machinery.random()), channel);
    }

    private void ask(OutboxRow row, Channel channel, DeliveryRules rules) {
        int times = asked.merge(row.id(), 1, Integer::sum);
        Chunk chunk = row.chunk().orElseGet(() -> Draft.emoji(""));
        Sent answer = platform.ask(channel, row, chunk);
        settle(row, Next.afterAsking(row, answer, times, rules, machinery.random()), channel);
    }

    /** Writes what follows; if that fails the call is not made again, only the write. */
    void settle(OutboxRow row, Next next, Channel channel) {
        List<Draft> notice = Notices.about(row, next, channel);
        Runnable write =
                () -> {
                    outbox.settle(row, next, notice);
                    told(row, next);
                };
        String conversation = row.conversation().token();
        unwritten.put(conversation, write);
        write.run();
        unwritten.remove(conversation);
    }

    private void told(OutboxRow row, Next next) {
        switch (next) {
            case Next.Arrived arrived -> {
                asked.remove(row.id());
                if (waiters.anybodyFor(row.intent())) {
                    waiters.settled(row.intent(), outbox.ofIntent(row.intent()));
                }
            }
            case Next.Lost(String reason) -> {
                log.warn("outbox id={} intent={} unknown: {}", row.id(), row.intent(), reason);
                report(row, false);
            }
            case Next.Failed(String reason, boolean permanent) -> {
                log.warn("outbox id={} intent={} failed: {}", row.id(), row.intent(), reason);
                report(row, permanent && row.isMessage());
            }
            case Next.Again again -> {}
            case Next.Ask ask -> {}
            case Next.AsSend asSend -> {}
        }
    }

    private void report(OutboxRow row, boolean permanent) {
        asked.remove(row.id());
        List<OutboxRow> parts = outbox.ofIntent(row.intent());
        waiters.settled(row.intent(), parts);
        settings.listener()
                .undelivered(row.conversation(), Posted.of(row.intent(), parts), permanent);
    }
}
