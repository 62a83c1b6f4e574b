package dev.chela.channels.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import dev.chela.channels.access.AccessRules;
import dev.chela.channels.access.Doorkeeper;
import dev.chela.channels.access.LoopGuard;
import dev.chela.channels.access.Pairings;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Delivery on the machine's own threads and time. */
class DeliveryThreadsTest {

    private static final DeliveryRules QUICK =
            new DeliveryRules(3, Duration.ofMillis(2), Duration.ofMillis(8), 0.1, 5, Duration.ZERO);

    private final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    private final FakeChannel channel = FakeChannel.named("web");
    private final Delivery delivery = delivery();

    @AfterEach
    void close() {
        delivery.close();
        database.close();
    }

    @Test
    void manyConversationsAreServedAtOnceAndEachInOrder() throws Exception {
        channel.thenTryAgain(3, Duration.ZERO);
        List<CompletableFuture<Posted>> posted = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            for (int person = 0; person < 10; person++) {
                Conversation to = channel.direct("p" + person);
                String text = "%03d".formatted(i);
                posted.add(
                        delivery.post(
                                Intent.say("i" + person + "-" + i, to, OutboundMessage.of(text))));
            }
        }
        for (CompletableFuture<Posted> one : posted) {
            assertThat(one.get(60, TimeUnit.SECONDS).state()).isEqualTo(Posted.State.DELIVERED);
        }
        for (int person = 0; person < 10; person++) {
            assertThat(channel.texts(channel.direct("p" + person))).hasSize(20).isSorted();
        }
    }

    @Test
    void aCallThatHangsHoldsUpItsOwnConversationOnly() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Conversation slow = channel.direct("slow");
        channel.beforeReply(sent -> hang(sent, hung, release));
        CompletableFuture<Posted> first =
                delivery.post(Intent.say("a", slow, OutboundMessage.of("first")));
        assertThat(hung.await(20, TimeUnit.SECONDS)).isTrue();

        channel.beforeReply(sent -> sent);
        CompletableFuture<Posted> second =
                delivery.post(Intent.say("b", slow, OutboundMessage.of("second")));
        CompletableFuture<Posted> other =
                delivery.post(
                        Intent.say("c", channel.direct("quick"), OutboundMessage.of("other")));
        assertThat(other.get(20, TimeUnit.SECONDS).state()).isEqualTo(Posted.State.DELIVERED);
        assertThat(first.isDone() || second.isDone()).isFalse();
        release.countDown();
        assertThat(second.get(20, TimeUnit.SECONDS).state()).isEqualTo(Posted.State.DELIVERED);
        assertThat(channel.texts(slow)).containsExactly("first", "second");
    }

    private static Sent hang(Sent sent, CountDownLatch hung, CountDownLatch release) {
        hung.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sent;
    }

    private Delivery delivery() {
        Clock clock = Clock.systemUTC();
        Pairings pairings = new Pairings(database, clock, new Random(1), (one, first) -> {});
        Inbox inbox =
                new Inbox(
                        database,
                        new Doorkeeper(
                                where -> AccessRules.trusted(), pairings, new LoopGuard(clock)),
                        clock);
        DeliverySettings settings =
                new DeliverySettings(
                        where -> QUICK,
                        text -> text,
                        DeliveryListener.none(),
                        DeliverySettings.Pauses.standard());
        Delivery fresh =
                new Delivery(
                        database,
                        inbox,
                        where -> Optional.of(channel),
                        settings,
                        Machinery.system(clock, Checkpoints.none()));
        fresh.start();
        return fresh;
    }
}
