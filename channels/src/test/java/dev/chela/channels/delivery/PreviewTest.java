package dev.chela.channels.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.Attachment;
import dev.chela.channels.OutboundMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreviewTest {

    private final Bench bench = Bench.plain();
    private Preview preview = bench.delivery.preview(bench.ann, "t1");

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theNewestTextWinsAndEditsKeepTheirDistance() {
        preview.show("a");
        preview.show("a b");
        preview.show("a b c");
        assertThat(bench.seen()).containsExactly("a …");

        bench.alarm.advance(Duration.ofSeconds(1));
        assertThat(bench.seen()).containsExactly("a b c …");
        assertThat(bench.channel.calls()).hasSize(2);
    }

    @Test
    void codeThatWasJustClosedStaysCodeAlone() {
        preview.show("```\na\n```");
        assertThat(bench.seen()).containsExactly("```\na\n```\n…");
    }

    @Test
    void theAnswerTakesThePreviewsPlace() {
        preview.show("hel");
        CompletableFuture<Posted> posted = answer("hello");
        preview.show("too late");
        bench.settle();

        assertThat(bench.seen()).containsExactly("hello");
        assertThat(posted.resultNow().messageIds()).containsExactly("m1");
    }

    @Test
    void anAnswerStandsBelowWhatWasAskedSinceThePreviewBegan() {
        preview.show("This needs your approval.");
        bench.alarm.advance(Duration.ofSeconds(2));
        bench.say("approval:a", "May I?");
        bench.alarm.advance(Duration.ofSeconds(2));
        answer("done");
        bench.settle();

        assertThat(bench.seen()).containsExactly("May I?", "done");
    }

    @Test
    void anAnswerStandsBelowWhatHadToWaitSoLong() {
        Duration pause = Duration.ofSeconds(2);
        bench.rules = new DeliveryRules(3, Duration.ofMillis(400), pause, 0, 1, pause);
        bench.say("before", "Hello.");
        preview.show("This needs your approval.");
        bench.say("approval:a", "May I?");
        bench.alarm.advance(pause);
        answer("done");
        bench.settle();

        assertThat(bench.seen()).containsExactly("Hello.", "May I?", "done");
    }

    @Test
    void theAnswerTakesThePreviewsPlaceAfterARestart() {
        preview.show("hel");
        bench.restart();
        answer("hello");

        assertThat(bench.seen()).containsExactly("hello");
    }

    @Test
    void aPreviewGoesOnInItsMessageAfterARestart() {
        preview.show("hel");
        bench.restart();
        preview = bench.delivery.preview(bench.ann, "t1");
        preview.show("hello wor");
        assertThat(bench.seen()).containsExactly("hello wor …");
    }

    @Test
    void aLongAnswerBeginsInThePreviewAndGoesOnBelow() {
        preview.show("aaa");
        answer("a".repeat(200) + "b");
        assertThat(bench.seen()).containsExactly("a".repeat(200), "b");
    }

    @Test
    void anAnswerThatMayNotEditIsSentAndThePreviewGoes() {
        preview.show("hel");
        bench.channel.thenRefused("message is too old to edit");
        answer("hello");
        bench.settle();

        assertThat(bench.seen()).containsExactly("hello");
        assertThat(bench.undelivered).isEmpty();
    }

    @Test
    void anAnswerWithAFileIsSentAndThePreviewGoes() {
        preview.show("hel");
        Attachment file =
                new Attachment(
                        "a.png", "image/png", 3, Optional.empty(), Optional.of(Path.of("a.png")));
        bench.delivery.post(
                Intent.say(
                                "turn:t1:final",
                                bench.ann,
                                OutboundMessage.of("hello").withAttachments(List.of(file)))
                        .endingTurn("t1"));
        bench.settle();

        assertThat(bench.seen()).containsExactly("hello");
        assertThat(bench.channel.messages().getFirst().chunk().attachments()).containsExactly(file);
    }

    @Test
    void anEditThatIsTriedAgainStillTakesThePreviewsPlace() {
        preview.show("hel");
        bench.channel.thenTryAgain(1, Duration.ofSeconds(3)).thenUnknownWithoutArrival();
        answer("hello");
        bench.restart();
        bench.settle();

        assertThat(bench.seen()).containsExactly("hello");
    }

    @Test
    void aMessageOfTheTurnLeavesThePreviewAlone() {
        preview.show("thinking");
        bench.delivery.post(
                Intent.say("tool:1", bench.ann, OutboundMessage.of("by the way")).duringTurn("t1"));
        answer("done");
        assertThat(bench.seen()).containsExactly("done", "by the way");
    }

    @Test
    void aDiscardedPreviewDisappearsAlsoAfterARestart() {
        preview.show("hel");
        bench.restart();
        bench.delivery.preview(bench.ann, "t1").discard();
        bench.settle();
        assertThat(bench.seen()).isEmpty();
    }

    @Test
    void anAnswerOfNothingTakesThePreviewAway() {
        preview.show("hel");
        answer("");
        bench.settle();
        assertThat(bench.seen()).isEmpty();
    }

    @Test
    void aPreviewWaitsForWhatMattersMore() {
        bench.channel.thenTryAgain(1, Duration.ofSeconds(3));
        bench.say("a", "first");
        preview.show("hel");
        assertThat(bench.seen()).isEmpty();
        bench.alarm.advance(Duration.ofSeconds(4));
        assertThat(bench.seen()).containsExactly("first", "hel …");
    }

    @Test
    void aPreviewRestsAsLongAsThePlatformWants() {
        preview.show("a");
        bench.channel.thenTryAgain(1, Duration.ofSeconds(20));
        preview.show("b");
        bench.alarm.advance(Duration.ofSeconds(15));
        assertThat(bench.seen()).containsExactly("a …");
        bench.alarm.advance(Duration.ofSeconds(10));
        assertThat(bench.seen()).containsExactly("b …");
    }

    @Test
    void aPreviewWhoseFirstAnswerWasLostIsGivenUp() {
        bench.channel.thenUnknownWithoutArrival();
        preview.show("hel");
        preview.show("hello");
        answer("hello!");
        assertThat(bench.seen()).containsExactly("hello!");
    }

    @Test
    void typingIsKeptAliveBesideAStuckQueueAndEnds() {
        bench.channel.thenTryAgain(1, Duration.ofMinutes(5));
        bench.say("a", "stuck");
        TypingSignal typing = bench.delivery.typing(bench.ann);
        bench.alarm.advance(Duration.ofSeconds(9));
        typing.close();
        typing.close();
        bench.alarm.advance(Duration.ofSeconds(20));

        assertThat(bench.channel.calls()).filteredOn(call -> call.startsWith("typing")).hasSize(3);
    }

    private CompletableFuture<Posted> answer(String text) {
        return bench.delivery.post(
                Intent.say("turn:t1:final", bench.ann, OutboundMessage.of(text)).endingTurn("t1"));
    }
}
