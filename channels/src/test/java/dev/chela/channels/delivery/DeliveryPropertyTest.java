package dev.chela.channels.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.testing.FakeChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the platform does: at most once, in order, or reported. */
class DeliveryPropertyTest {

    enum Step {
        POST,
        POST_LONG,
        POST_AGAIN,
        FAIL_ONCE,
        FAIL_LONG,
        LOSE_ARRIVED,
        LOSE_ABSENT,
        REFUSE,
        THROW,
        WAIT,
        RESTART
    }

    @Property(tries = 100)
    void everyIntentArrivesAtMostOnceInOrderOrIsReported(
            @ForAll("schedules") List<Step> schedule, @ForAll boolean askable) {
        FakeChannel channel = askable ? FakeChannel.askable("web") : FakeChannel.named("web");
        try (Bench bench = new Bench(channel)) {
            Conversation bob = channel.direct("bob");
            List<String> ids = new ArrayList<>();
            for (Step step : schedule) {
                run(step, bench, bob, ids);
            }
            bench.settle();

            for (String id : ids) {
                reportedOrDelivered(bench, id);
            }
            inOrder(bench, bench.ann);
            inOrder(bench, bob);
        }
    }

    private static void run(Step step, Bench bench, Conversation bob, List<String> ids) {
        FakeChannel channel = bench.channel;
        switch (step) {
            case POST -> post(bench, bob, ids, ids.size(), 1);
            case POST_LONG -> post(bench, bob, ids, ids.size(), 3);
            case POST_AGAIN -> {
                if (!ids.isEmpty()) {
                    post(bench, bob, ids, ids.size() - 1, 1);
                }
            }
            case FAIL_ONCE -> channel.thenTryAgain(1, Duration.ofSeconds(1));
            case FAIL_LONG -> channel.thenTryAgain(8, Duration.ZERO);
            case LOSE_ARRIVED -> channel.thenUnknownAfterArrival();
            case LOSE_ABSENT -> channel.thenUnknownWithoutArrival();
            case REFUSE -> channel.thenRefused("forbidden");
            case THROW -> channel.thenThrows("broken adapter");
            case WAIT -> bench.alarm.advance(Duration.ofSeconds(7));
            case RESTART -> bench.restart();
        }
    }

    private static void post(
            Bench bench, Conversation bob, List<String> ids, int number, int parts) {
        String id = "intent-" + number;
        if (number == ids.size()) {
            ids.add(id);
        }
        StringBuilder text = new StringBuilder();
        for (int part = 0; part < parts; part++) {
            text.append("#%05d.%d ".formatted(number, part)).append("x".repeat(191));
        }
        Conversation to = number % 2 == 0 ? bench.ann : bob;
        bench.delivery.post(Intent.say(id, to, OutboundMessage.of(text.toString())));
    }

    private static void reportedOrDelivered(Bench bench, String id) {
        Posted posted = bench.delivery.outcome(id).orElseThrow();
        int number = Integer.parseInt(id.substring("intent-".length()));
        List<String> arrived =
                bench.arrived().stream()
                        .filter(text -> text.startsWith("#%05d.".formatted(number)))
                        .toList();
        assertThat(arrived).as("arrived once").doesNotHaveDuplicates();
        switch (posted.state()) {
            case DELIVERED -> assertThat(arrived).hasSameSizeAs(posted.messageIds());
            case UNKNOWN, FAILED -> {
                assertThat(posted.reason()).isPresent();
                // The notice itself may have been unlucky; then its own state says so.
                assertThat(bench.delivery.outcome("notice:" + id)).isPresent();
            }
            case WAITING -> throw new AssertionError(id + " is still on its way");
        }
    }

    private static void inOrder(Bench bench, Conversation where) {
        List<String> arrived =
                bench.channel.history().stream()
                        .filter(said -> said.where().equals(where))
                        .map(said -> said.text().substring(0, 8))
                        .filter(text -> text.startsWith("#"))
                        .toList();
        assertThat(arrived).isSorted();
    }

    @Provide
    Arbitrary<List<Step>> schedules() {
        return Arbitraries.of(Step.class).list().ofMinSize(1).ofMaxSize(30);
    }
}
