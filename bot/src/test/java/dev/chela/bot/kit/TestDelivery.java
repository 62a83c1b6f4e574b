package dev.chela.bot.kit;

import dev.chela.channels.access.AccessRules;
import dev.chela.channels.access.Doorkeeper;
import dev.chela.channels.access.LoopGuard;
import dev.chela.channels.access.Pairings;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliverySettings;
import dev.chela.channels.delivery.Machinery;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestDatabase;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;

/** The real delivery over a channel that is not. */
public final class TestDelivery {

    private TestDelivery() {}

    /** Started; no other channel is configured. */
    public static Delivery on(
            TestDatabase database, FakeChannel channel, DeliverySettings settings) {
        Clock clock = Clock.systemUTC();
        Pairings pairings = new Pairings(database, clock, new Random(1), (one, first) -> {});
        Inbox inbox =
                new Inbox(
                        database,
                        new Doorkeeper(
                                where -> AccessRules.closed(), pairings, new LoopGuard(clock)),
                        clock);
        Delivery delivery =
                new Delivery(
                        database,
                        inbox,
                        where ->
                                where.channel().equals(channel.id())
                                        ? Optional.of(channel)
                                        : Optional.empty(),
                        settings,
                        Machinery.system(clock, Checkpoints.none()));
        delivery.start();
        return delivery;
    }
}
