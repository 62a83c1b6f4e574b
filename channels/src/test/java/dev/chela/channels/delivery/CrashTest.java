package dev.chela.channels.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.OutboundMessage;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.channels.inbox.Outcome;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.DatabaseException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process dies at every write and every call, and begins again. */
class CrashTest {

    private static final String ANSWER = "the answer";

    @ParameterizedTest
    @CsvSource({
        "delivery.post, false",
        "delivery.post, true",
        "delivery.attempt, false",
        "delivery.attempt, true",
        "delivery.settle, false",
        "delivery.settle, true"
    })
    void atAWriteNothingIsLostAndNothingSaidTwice(String job, boolean after) {
        try (Bench bench = Bench.plain()) {
            CrashingDatabase crashing = new CrashingDatabase(bench.database, job, after);
            bench.wrapping = real -> crashing;
            secondAttemptIfThatIsMeant(bench, job);
            answersOnceOrSaysSo(bench);
            assertThat(crashing.isDead()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "delivery.post, false",
        "delivery.attempt, true",
        "delivery.settle, false",
        "delivery.settle, true"
    })
    void onAPlatformThatCanBeAskedTheAnswerArrivesOnce(String job, boolean after) {
        try (Bench bench = new Bench(FakeChannel.askable("web"))) {
            CrashingDatabase crashing = new CrashingDatabase(bench.database, job, after);
            bench.wrapping = real -> crashing;
            secondAttemptIfThatIsMeant(bench, job);
            answersOnceOrSaysSo(bench);
            assertThat(crashing.isDead()).isTrue();
            assertThat(bench.seen()).containsExactly(ANSWER);
        }
    }

    @ParameterizedTest
    @CsvSource({"before delivery.send", "after delivery.send"})
    void atTheCallItselfNothingIsSaidTwice(String point) {
        try (Bench bench = Bench.plain()) {
            bench.checkpoints = new Halting(point);
            answersOnceOrSaysSo(bench);
            assertThat(bench.seen())
                    .anyMatch(text -> text.startsWith("I could not find out whether"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "preview.store, false",
        "preview.store, true",
        "delivery.post, false",
        "delivery.attempt, true",
        "delivery.settle, false",
        "delivery.settle, true"
    })
    void anAnswerOverAPreviewIsSeenOnce(String job, boolean after) {
        try (Bench bench = Bench.plain()) {
            CrashingDatabase crashing = new CrashingDatabase(bench.database, job, after);
            bench.wrapping = real -> crashing;
            bench.restart();
            quietly(() -> bench.delivery.preview(bench.ann, "t").show("the ans"));
            secondAttemptIfThatIsMeant(bench, job);
            quietly(() -> bench.delivery.post(answer(bench)));
            bench.alarm.ringNext();
            assertThat(crashing.isDead()).isTrue();
            bench.recover();
            bench.delivery.post(answer(bench));
            bench.settle();

            assertThat(bench.seen().stream().filter(ANSWER::equals)).hasSize(1);
        }
    }

    /** The first one begins with the commit that stores the answer. */
    private static void secondAttemptIfThatIsMeant(Bench bench, String job) {
        if (job.equals("delivery.attempt")) {
            bench.channel.thenTryAgain(1, Duration.ZERO);
        }
    }

    private static void answersOnceOrSaysSo(Bench bench) {
        bench.channel.says(bench.ann, "ann", "question");
        bench.restart();
        quietly(() -> bench.delivery.post(answer(bench)));
        bench.alarm.ringNext();

        bench.recover();
        // The hand-over of an open row is repeated, under the same intent id.
        if (!bench.inbox.open().isEmpty()) {
            bench.delivery.post(answer(bench));
        }
        bench.settle();

        assertThat(bench.inbox.open()).isEmpty();
        List<String> answers = bench.arrived().stream().filter(ANSWER::equals).toList();
        Posted posted = bench.delivery.outcome("turn:t:final").orElseThrow();
        switch (posted.state()) {
            case DELIVERED -> assertThat(answers).hasSize(1);
            case UNKNOWN -> {
                assertThat(answers).hasSizeLessThan(2);
                assertThat(bench.seen())
                        .filteredOn(text -> text.startsWith("I could not find out"))
                        .hasSize(1);
            }
            case WAITING, FAILED -> throw new AssertionError("answer is " + posted);
        }
    }

    private static Intent answer(Bench bench) {
        List<Long> open = bench.inbox.open().stream().map(InboxRow::seq).toList();
        return Intent.say("turn:t:final", bench.ann, OutboundMessage.of(ANSWER))
                .closing(Closing.of(open, Outcome.ANSWERED))
                .endingTurn("t");
    }

    private static void quietly(Runnable dies) {
        try {
            dies.run();
        } catch (DatabaseException crash) {
            assertThat(crash).hasMessageMatching("crash at .*|the process is dead");
        }
    }

    /** Dies at one checkpoint and at every one after it. */
    private static final class Halting implements Checkpoints {

        private final String point;
        private boolean dead;

        Halting(String point) {
            this.point = point;
        }

        @Override
        public void before(String name) {
            reach("before " + name);
        }

        @Override
        public void after(String name) {
            reach("after " + name);
        }

        private void reach(String name) {
            dead |= name.equals(point);
            if (dead) {
                throw new DatabaseException("the process is dead", null);
            }
        }
    }
}
