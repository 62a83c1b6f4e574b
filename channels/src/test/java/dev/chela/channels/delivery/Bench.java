package dev.chela.channels.delivery;

import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.access.AccessRules;
import dev.chela.channels.access.DmPolicy;
import dev.chela.channels.access.Doorkeeper;
import dev.chela.channels.access.LoopGuard;
import dev.chela.channels.access.Pairings;
import dev.chela.channels.access.SenderList;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.channels.testing.ManualAlarm;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.Database;
import dev.chela.config.testing.ManualClock;
import dev.chela.config.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Delivery on one thread and a clock of its own, with a restart that keeps the database. */
final class Bench implements AutoCloseable {

    final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    final ManualClock clock = new ManualClock();
    final FakeChannel channel;
    final Conversation ann;
    final List<String> undelivered = new ArrayList<>();
    ManualAlarm alarm = new ManualAlarm(clock);
    Checkpoints checkpoints = Checkpoints.none();
    UnaryOperator<Database> wrapping = UnaryOperator.identity();
    UnaryOperator<String> redact = UnaryOperator.identity();
    DeliveryRules rules = DeliveryRules.of("web");
    Inbox inbox;
    Delivery delivery;

    Bench(FakeChannel channel) {
        this.channel = channel;
        this.ann = channel.direct("ann");
        open();
    }

    static Bench plain() {
        return new Bench(FakeChannel.named("web"));
    }

    private void open() {
        Database wrapped = wrapping.apply(database);
        Pairings pairings = new Pairings(wrapped, clock, new Random(1), (one, first) -> {});
        AccessRules everybody =
                AccessRules.builder().dm(DmPolicy.OPEN, SenderList.everybody()).build();
        inbox =
                new Inbox(
                        wrapped,
                        new Doorkeeper(where -> everybody, pairings, new LoopGuard(clock)),
                        clock,
                        Runnable::run);
        channel.start(inbox);
        DeliverySettings settings =
                new DeliverySettings(
                        where -> rules,
                        text -> redact.apply(text),
                        (to, posted, permanent) ->
                                undelivered.add(
                                        posted.intent() + " " + posted.state() + " " + permanent),
                        DeliverySettings.Pauses.standard());
        delivery =
                new Delivery(
                        wrapped,
                        inbox,
                        where ->
                                where.channel().equals(channel.id())
                                        ? Optional.of(channel)
                                        : Optional.empty(),
                        settings,
                        new Machinery(clock, alarm, Runnable::run, new Random(2), checkpoints));
        delivery.start();
    }

    /** The process ends where it is and begins again on the same database. */
    void restart() {
        alarm = new ManualAlarm(clock);
        database.reopen();
        open();
    }

    /** The same after a crash was injected: it does not come again. */
    void recover() {
        checkpoints = Checkpoints.none();
        wrapping = UnaryOperator.identity();
        restart();
    }

    CompletableFuture<Posted> say(String id, String text) {
        return delivery.post(Intent.say(id, ann, OutboundMessage.of(text)));
    }

    /** Lets time pass until nothing waits any more. */
    void settle() {
        int rings = 0;
        while (alarm.ringNext()) {
            if (++rings > 10_000) {
                throw new AssertionError("delivery never comes to rest");
            }
        }
    }

    List<String> seen() {
        return channel.texts(ann);
    }

    List<String> arrived() {
        return channel.history().stream().map(said -> said.text()).toList();
    }

    @Override
    public void close() {
        delivery.close();
        inbox.close();
        database.close();
    }
}
