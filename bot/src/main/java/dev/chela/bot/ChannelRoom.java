package dev.chela.bot;

import dev.chela.bot.route.Manners;
import dev.chela.bot.wire.Access;
import dev.chela.channels.Channels;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.access.Approval;
import dev.chela.channels.access.Doorkeeper;
import dev.chela.channels.access.LoopGuard;
import dev.chela.channels.access.Pairings;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliveryException;
import dev.chela.channels.delivery.DeliveryListener;
import dev.chela.channels.delivery.DeliveryRules;
import dev.chela.channels.delivery.DeliverySettings;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.delivery.Machinery;
import dev.chela.channels.inbox.Inbox;
import dev.chela.config.ChannelSettings;
import dev.chela.config.LiveConfig;
import dev.chela.config.secret.Redaction;
import dev.chela.config.state.DatabaseException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is talking, and how words reach them: pairings, inbox, outbox and the channels. */
record ChannelRoom(
        Pairings pairings, Inbox inbox, Delivery delivery, Channels channels, Access access)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelRoom.class);
    private static final String WELCOME =
            "You were let in: write to me now. What you wrote before was not read.";

    /** Builds the room; nothing listens and nothing is sent yet. */
    static ChannelRoom open(Ground ground) {
        AtomicReference<Pairings> known = new AtomicReference<>();
        LiveConfig config = ground.config();
        Access access = new Access(config, () -> approvals(known));
        Pairings pairings =
                new Pairings(
                        ground.database(),
                        ground.timers(),
                        new SecureRandom(),
                        (approval, first) ->
                                LOG.info(
                                        "paired channel={} person={} first={}",
                                        approval.channel(),
                                        approval.person(),
                                        first));
        known.set(pairings);
        Inbox inbox =
                new Inbox(
                        ground.database(),
                        new Doorkeeper(access::rules, pairings, new LoopGuard(ground.timers())),
                        ground.timers());
        Channels channels = new Channels();
        Delivery delivery =
                new Delivery(
                        ground.database(),
                        inbox,
                        channels::of,
                        settings(new Manners(config), ground.redaction()),
                        Machinery.system(ground.timers(), ground.checkpoints()));
        return new ChannelRoom(pairings, inbox, delivery, channels, access);
    }

    /** Tells somebody who was let in; false if their channel is not there to tell them. */
    boolean welcome(Approval approval) {
        Conversation chat =
                new Conversation(
                        approval.channel(),
                        approval.account(),
                        ChatKind.DIRECT,
                        approval.person(),
                        Optional.empty());
        String intent =
                "welcome:%s:%d".formatted(chat.token(), approval.approvedAt().toEpochMilli());
        try {
            delivery.post(Intent.say(intent, chat, OutboundMessage.of(WELCOME)));
            return true;
        } catch (DeliveryException | DatabaseException notTold) {
            LOG.warn("nobody was told of an approval: {}", notTold.getMessage());
            return false;
        }
    }

    /**
     * Nothing but secrets is taken out here: these words are also what somebody is asked to
     * approve, and whoever decides must see all of it.
     */
    static DeliverySettings settings(Manners manners, Redaction redaction) {
        return new DeliverySettings(
                where -> rules(manners, where),
                redaction::known,
                undelivered(),
                new DeliverySettings.Pauses(manners::previewPause, manners::typingEvery));
    }

    /** What is under way is finished; what waits stays stored. */
    @Override
    public void close() {
        inbox.close();
        delivery.close();
        channels.close();
    }

    private static List<Approval> approvals(AtomicReference<Pairings> known) {
        Pairings pairings = known.get();
        return pairings == null ? List.of() : pairings.approvals();
    }

    /** A terminal needs no pacing: it is the machine's own. */
    private static DeliveryRules rules(Manners manners, Conversation where) {
        DeliveryRules usual =
                where.channel().equals("terminal")
                        ? new DeliveryRules(1, Duration.ZERO, Duration.ZERO, 0, 1, Duration.ZERO)
                        : DeliveryRules.of(where.channel());
        return manners.settings(where)
                .map(ChannelSettings::retry)
                .map(
                        retry ->
                                new DeliveryRules(
                                        retry.attempts(),
                                        retry.minDelay().orElse(usual.delayMin()),
                                        retry.maxDelay(),
                                        retry.jitter(),
                                        usual.burst(),
                                        usual.interval()))
                .orElse(usual);
    }

    private static DeliveryListener undelivered() {
        return (to, posted, permanent) ->
                LOG.warn(
                        "undelivered intent={} channel={} state={} permanent={} reason={}",
                        posted.intent(),
                        to.channel(),
                        posted.state(),
                        permanent,
                        posted.reason().orElse("none"));
    }
}
