package dev.chela.bot.route;

import dev.chela.channels.Channel;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.delivery.Act;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliveryException;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.config.state.DatabaseException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reaction under a message that says it was seen. Best effort: tried once, so that an answer
 * never fails or waits for one.
 */
final class Acks {

    private static final Logger LOG = LoggerFactory.getLogger(Acks.class);

    private final Inbox inbox;
    private final Delivery delivery;
    private final Manners manners;
    private final Function<Conversation, Optional<Channel>> channels;

    Acks(
            Inbox inbox,
            Delivery delivery,
            Manners manners,
            Function<Conversation, Optional<Channel>> channels) {
        this.inbox = inbox;
        this.delivery = delivery;
        this.manners = manners;
        this.channels = channels;
    }

    /** The message was taken and a turn will see it. */
    void seen(InboxRow row) {
        Conversation place = row.event().conversation();
        if (!(row.event() instanceof InboundMessage message) || !canReact(place)) {
            return;
        }
        manners.ack(place, row.standing().addressed())
                .ifPresent(emoji -> post(name(row), place, message.messageId(), emoji));
    }

    /** These messages have their answer, or will have none. */
    void settled(Collection<Long> tickets) {
        if (!manners.takesAckAway() || tickets.isEmpty()) {
            return;
        }
        for (InboxRow row : inbox.rows(tickets)) {
            ChannelEvent event = row.event();
            if (event instanceof InboundMessage message
                    && canReact(event.conversation())
                    && delivery.outcome(name(row)).isPresent()
                    && !delivery.hasReacted(event.conversation(), message.messageId())) {
                post(name(row) + ":gone", event.conversation(), message.messageId(), "");
            }
        }
    }

    private void post(String intent, Conversation place, String messageId, String emoji) {
        try {
            delivery.post(Intent.of(intent, place, new Act.React(messageId, emoji)));
        } catch (DeliveryException | DatabaseException e) {
            LOG.warn("intent={} reaction was not stored: {}", intent, e.getMessage());
        }
    }

    private boolean canReact(Conversation place) {
        return channels.apply(place)
                .filter(channel -> channel.capabilities().reactions())
                .isPresent();
    }

    private static String name(InboxRow row) {
        return Intent.ACK + row.seq();
    }
}
