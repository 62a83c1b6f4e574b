package dev.chela.channels.delivery;

import dev.chela.channels.Channel;
import dev.chela.channels.Conversation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps typing signs alive. Calls are made beside the conversation's queue, so that no answer ever
 * waits for one, and skipped while the last one has not come back.
 */
final class Typing {

    private static final Logger log = LoggerFactory.getLogger(Typing.class);

    /** Telegram shows a sign for five seconds. */
    private static final Duration EVERY = Duration.ofSeconds(4);

    /** Half a day of signs; no lost signal goes on for ever. */
    private static final int TICKS_MAX = 10_800;

    private final Function<Conversation, Optional<Channel>> channels;
    private final Supplier<Optional<Duration>> every;
    private final Machinery machinery;

    Typing(
            Function<Conversation, Optional<Channel>> channels,
            Supplier<Optional<Duration>> every,
            Machinery machinery) {
        this.channels = channels;
        this.every = every;
        this.machinery = machinery;
    }

    TypingSignal begin(Conversation where) {
        Shown shown = new Shown(where);
        shown.tick();
        return shown;
    }

    private final class Shown implements TypingSignal {

        private final Conversation where;
        private final AtomicBoolean closed = new AtomicBoolean();
        private final AtomicBoolean calling = new AtomicBoolean();
        private volatile int ticks;

        Shown(Conversation where) {
            this.where = where;
        }

        void tick() {
            if (closed.get() || ticks > TICKS_MAX) {
                return;
            }
            ticks = ticks + 1;
            if (calling.compareAndSet(false, true)) {
                machinery.executor().execute(this::call);
            }
            machinery.alarm().after(every.get().orElse(EVERY), this::tick);
        }

        private void call() {
            CompletableFuture.runAsync(
                            () ->
                                    channels.apply(where)
                                            .filter(one -> one.capabilities().typing())
                                            .filter(one -> !closed.get())
                                            .ifPresent(one -> one.typing(where)),
                            Runnable::run)
                    .whenComplete(
                            (done, failure) -> {
                                calling.set(false);
                                if (failure != null) {
                                    log.debug("typing conversation={}", where.token(), failure);
                                }
                            });
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
