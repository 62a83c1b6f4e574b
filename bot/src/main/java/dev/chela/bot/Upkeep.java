package dev.chela.bot;

import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.Retention;
import dev.chela.harness.Timers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets by age, some minutes after a start and then every few hours. */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration EVERY = Duration.ofHours(6);

    private final Inbox inbox;
    private final Delivery delivery;
    private final Timers timers;
    private volatile Timers.Alarm next;

    Upkeep(Inbox inbox, Delivery delivery, Timers timers) {
        this.inbox = inbox;
        this.delivery = delivery;
        this.timers = timers;
        this.next = timers.after(FIRST, this::tidy);
    }

    private void tidy() {
        try {
            int rows = inbox.prune(Retention.standard()) + delivery.prune(Retention.standard());
            LOG.debug("upkeep rows={}", rows);
        } finally {
            next = timers.after(EVERY, this::tidy);
        }
    }

    @Override
    public void close() {
        next.cancel();
    }
}
