package dev.chela.channels.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.channels.Button;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import dev.chela.channels.inbox.Outcome;
import dev.chela.channels.inbox.Retention;
import dev.chela.channels.testing.FakeChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private Bench bench = Bench.plain();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void wordsArriveAndTheirRowsAreClosedWithTheOutcome() {
        bench.channel.says(bench.ann, "ann", "hello?");
        long ticket = bench.inbox.open().getFirst().seq();

        CompletableFuture<Posted> posted =
                bench.delivery.post(
                        Intent.say("turn:1:final", bench.ann, OutboundMessage.of("hello!"))
                                .closing(Closing.of(List.of(ticket), Outcome.ANSWERED)));

        assertThat(posted)
                .isCompletedWithValueMatching(one -> one.state() == Posted.State.DELIVERED);
        assertThat(posted.resultNow().messageIds()).hasSize(1);
        assertThat(bench.seen()).containsExactly("hello!");
        assertThat(bench.inbox.row(ticket).orElseThrow().outcome()).hasValue(Outcome.ANSWERED);
    }

    @Test
    void wordsThatNothingWaitsBeforeAreStoredAndTriedWithOneCommit() {
        List<String> jobs = new ArrayList<>();
        bench.wrapping = real -> new NotingDatabase(real, jobs);
        bench.restart();
        jobs.clear();
        bench.say("a", "hello");

        assertThat(bench.arrived()).containsExactly("hello");
        assertThat(jobs).containsExactly("delivery.post", "delivery.settle");
    }

    @Test
    void wordsWaitBehindThoseThatWait() {
        bench.channel.thenTryAgain(1, Duration.ofSeconds(1));
        bench.say("a", "first");
        bench.say("b", "second");
        assertThat(bench.arrived()).isEmpty();
        bench.settle();

        assertThat(bench.arrived()).containsExactly("first", "second");
    }

    @Test
    void theSameIntentIsSentOnceAlsoAfterARestart() {
        bench.say("a", "hello");
        bench.say("a", "hello");
        bench.restart();
        CompletableFuture<Posted> again = bench.say("a", "hello");

        assertThat(bench.arrived()).containsExactly("hello");
        assertThat(again.resultNow().messageIds()).hasSize(1);
    }

    @Test
    void longWordsAreSplitAndArrivedPartsAreNeverSentAgain() {
        String text = "a".repeat(200) + "b".repeat(200) + "c";
        bench.channel.thenSucceeds().thenTryAgain(1, Duration.ZERO);

        CompletableFuture<Posted> posted = bench.say("a", text);
        bench.settle();

        assertThat(bench.arrived()).containsExactly("a".repeat(200), "b".repeat(200), "c");
        assertThat(posted.resultNow().messageIds()).hasSize(3);
    }

    @Test
    void aRetryWaitsInFront() {
        bench.channel.thenTryAgain(1, Duration.ofSeconds(9));
        bench.say("a", "first");
        bench.say("b", "second");
        assertThat(bench.seen()).isEmpty();

        bench.alarm.advance(Duration.ofSeconds(8));
        assertThat(bench.seen()).isEmpty();
        bench.alarm.advance(Duration.ofSeconds(2));
        assertThat(bench.seen()).containsExactly("first", "second");
    }

    @Test
    void anotherConversationDoesNotWaitForARetry() {
        Conversation bob = bench.channel.direct("bob");
        bench.channel.thenTryAgain(1, Duration.ofSeconds(9));
        bench.say("a", "first");
        bench.delivery.post(Intent.say("b", bob, OutboundMessage.of("second")));

        assertThat(bench.channel.texts(bob)).containsExactly("second");
    }

    @Test
    void anOutageOfMinutesCostsNothing() {
        bench.channel.thenTryAgain(6, Duration.ZERO);
        CompletableFuture<Posted> posted = bench.say("a", "hello");
        Instant before = bench.clock.instant();
        bench.settle();

        assertThat(bench.seen()).containsExactly("hello");
        assertThat(posted.resultNow().state()).isEqualTo(Posted.State.DELIVERED);
        assertThat(Duration.between(before, bench.clock.instant()))
                .isBetween(Duration.ofMinutes(11), Duration.ofMinutes(15));
    }

    @Test
    void whatIsGivenUpIsToldOnceWithAWayToSendItAgain() {
        bench.channel.thenTryAgain(7, Duration.ZERO);
        CompletableFuture<Posted> posted = bench.say("a", "hello");
        bench.say("b", "later");
        bench.settle();

        assertThat(posted.resultNow().state()).isEqualTo(Posted.State.FAILED);
        assertThat(posted.resultNow().reason().orElseThrow()).contains("7 attempts");
        assertThat(bench.seen())
                .containsExactly("later", "A message of mine did not get through: “hello”");
        assertThat(bench.undelivered).containsExactly("a FAILED false");
        pressAgain();
        assertThat(bench.arrived()).endsWith("hello");
    }

    @Test
    void aRefusalFailsAtOnceAndTheQueueGoesOn() {
        bench.channel.thenRefused("bot was *blocked*\nby the user");
        CompletableFuture<Posted> posted = bench.say("a", "hello");
        bench.say("b", "later");

        assertThat(posted.resultNow().state()).isEqualTo(Posted.State.FAILED);
        assertThat(bench.seen())
                .containsExactly(
                        "A message of mine was refused (bot was blocked by the user): “hello”",
                        "later");
        assertThat(bench.undelivered).containsExactly("a FAILED true");
    }

    @Test
    void aLostAnswerIsNeverSentAgainButToldOnce() {
        bench.channel.thenUnknownAfterArrival();
        CompletableFuture<Posted> posted = bench.say("a", "hello");
        bench.say("b", "later");
        bench.restart();
        bench.settle();

        assertThat(posted.resultNow().state()).isEqualTo(Posted.State.UNKNOWN);
        assertThat(bench.arrived())
                .containsExactly(
                        "hello",
                        "I could not find out whether this message of mine reached you: “hello”",
                        "later");
        assertThat(bench.delivery.outcome("a").orElseThrow().state())
                .isEqualTo(Posted.State.UNKNOWN);
    }

    @Test
    void aPromptWhoseFateIsUnknownIsSentAgain() {
        bench.channel.thenUnknownWithoutArrival();
        bench.say("approval:k3x9ab", "may I?");
        bench.settle();

        assertThat(bench.seen()).containsExactly("may I?");
        assertThat(bench.delivery.outcome("approval:k3x9ab").orElseThrow().state())
                .isEqualTo(Posted.State.DELIVERED);
    }

    @Test
    void aStrangersCodeWhoseFateIsUnknownIsSentAgain() {
        bench.channel.thenUnknownWithoutArrival();
        bench.say("pairing:7", "your code");
        bench.settle();

        assertThat(bench.seen()).containsExactly("your code");
    }

    @Test
    void sendAgainSendsOnceHoweverOftenItIsPressed() {
        bench.channel.thenUnknownWithoutArrival();
        bench.say("a", "hello");
        long id = newestResend();

        assertThat(bench.delivery.resend(id, bench.channel.direct("eve"))).isEqualTo(Resent.GONE);
        assertThat(bench.delivery.resend(id, bench.ann)).isEqualTo(Resent.AGAIN);
        assertThat(bench.delivery.resend(id, bench.ann)).isEqualTo(Resent.ALREADY);
        assertThat(bench.seen()).containsExactly(Notices.SENT_AGAIN, "hello");
        assertThat(bench.channel.newestButton()).isEmpty();
    }

    @Test
    void aLostNoticeIsNotToldAbout() {
        bench.channel.thenUnknownWithoutArrival().thenUnknownWithoutArrival();
        bench.say("a", "hello");
        bench.settle();

        assertThat(bench.seen()).isEmpty();
        assertThat(bench.undelivered).containsExactly("a UNKNOWN false", "notice:a UNKNOWN false");
    }

    @Test
    void severalLostPartsAreOneNoticeAndOneResend() {
        bench.channel.thenUnknownWithoutArrival().thenUnknownWithoutArrival().thenSucceeds();
        bench.say("a", "a".repeat(200) + "b".repeat(200) + "c");
        assertThat(bench.seen()).hasSize(2).startsWith("c");

        pressAgain();
        assertThat(bench.arrived()).endsWith("a".repeat(200), "b".repeat(200));
    }

    @Test
    void anAdapterThatThrowsCountsAsALostAnswer() {
        bench.channel.thenThrows("null pointer");
        bench.say("a", "hello");

        assertThat(bench.delivery.outcome("a").orElseThrow().state())
                .isEqualTo(Posted.State.UNKNOWN);
        assertThat(bench.seen()).hasSize(1);
    }

    @Test
    void aPlatformThatCanBeAskedIsAsked() {
        reopenWith(FakeChannel.askable("web"));
        bench.channel.thenUnknownAfterArrival();
        bench.say("a", "arrived");
        bench.channel.thenUnknownWithoutArrival();
        bench.say("b", "did not arrive");
        bench.settle();

        assertThat(bench.arrived()).containsExactly("arrived", "did not arrive");
        assertThat(bench.undelivered).isEmpty();
        assertThat(bench.channel.calls()).contains("ask arrived", "ask did not arrive");
        assertThat(bench.channel.messages().getLast().key()).isEqualTo("chela-2");
    }

    @Test
    void aPlatformThatCannotTellIsAskedThreeTimes() {
        reopenWith(FakeChannel.askable("web"));
        Sent silence = new Sent.Unknown("history is not available");
        bench.channel.thenUnknownAfterArrival();
        bench.channel.thenAnswersAsk(silence).thenAnswersAsk(silence).thenAnswersAsk(silence);
        CompletableFuture<Posted> posted = bench.say("a", "hello");
        bench.settle();

        assertThat(posted.resultNow().state()).isEqualTo(Posted.State.UNKNOWN);
        assertThat(bench.arrived()).hasSize(2);
    }

    @Test
    void aCardBecomesItsOutcomeInPlace() {
        OutboundMessage card =
                OutboundMessage.of("Run `rm`?")
                        .withButtons(
                                List.of(
                                        List.of(
                                                new Button(
                                                        "Yes",
                                                        "approval:1:yes",
                                                        Button.Style.PRIMARY))));
        bench.delivery.post(Intent.say("approval:1", bench.ann, card));

        assertThat(bench.delivery.amend("approval:1", OutboundMessage.of("Approved."))).isTrue();
        assertThat(bench.delivery.amend("approval:1", OutboundMessage.of("Done."))).isTrue();
        assertThat(bench.seen()).containsExactly("Done.");
        assertThat(bench.channel.newestButton()).isEmpty();
        assertThat(bench.delivery.amend("approval:2", OutboundMessage.of("?"))).isFalse();
    }

    @Test
    void aCardThatStillWaitsIsRewordedBeforeItIsSent() {
        bench.channel.thenTryAgain(1, Duration.ofSeconds(9));
        bench.say("a", "in front");
        bench.say("card", "Run it?");
        bench.delivery.amend("card", OutboundMessage.of("Expired."));
        bench.settle();

        assertThat(bench.arrived()).containsExactly("in front", "Expired.");
    }

    @Test
    void anAmendmentOfAnotherLengthDeletesOrSendsWhatDiffers() {
        bench.say("a", "a".repeat(200) + "b");
        bench.delivery.amend("a", OutboundMessage.of("short"));
        assertThat(bench.seen()).containsExactly("short");

        bench.say("c", "c");
        bench.delivery.amend("c", OutboundMessage.of("d".repeat(200) + "e"));
        assertThat(bench.seen()).containsExactly("short", "d".repeat(200), "e");
    }

    @Test
    void editsDeletionsAndReactionsAreRepeatedWhenTheirAnswerIsLost() {
        String id = bench.say("a", "hello").resultNow().messageIds().getFirst();
        assertThat(bench.delivery.isOurs(bench.ann, id)).isTrue();
        assertThat(bench.delivery.isOurs(bench.ann, "m99")).isFalse();

        bench.channel.thenUnknownWithoutArrival();
        bench.delivery.post(Intent.of("e", bench.ann, new Act.Edit(id, OutboundMessage.of("bye"))));
        bench.settle();
        assertThat(bench.seen()).containsExactly("bye");
        bench.delivery.post(Intent.of("r", bench.ann, new Act.React(id, "👍")));
        assertThat(bench.channel.calls()).contains("react " + id + " 👍");
        bench.channel.thenUnknownAfterArrival();
        bench.delivery.post(Intent.of("d", bench.ann, new Act.Delete(id)));
        bench.settle();
        assertThat(bench.seen()).isEmpty();
    }

    @Test
    void anAcknowledgementIsTriedOnceAndHoldsUpNothing() {
        bench.channel.thenTryAgain(1, Duration.ofHours(1));

        CompletableFuture<Posted> ack =
                bench.delivery.post(Intent.of("ack:7", bench.ann, new Act.React("in-7", "👀")));
        bench.say("a", "hello");

        assertThat(ack.resultNow().state()).isEqualTo(Posted.State.FAILED);
        assertThat(bench.seen()).containsExactly("hello");

        bench.channel.thenUnknownWithoutArrival();
        CompletableFuture<Posted> gone =
                bench.delivery.post(Intent.of("ack:7:gone", bench.ann, new Act.React("in-7", "")));
        bench.say("b", "again");

        assertThat(gone.resultNow().state()).isEqualTo(Posted.State.FAILED);
        assertThat(bench.seen()).containsExactly("hello", "again");
    }

    @Test
    void moreThanFiveHundredWaitingMessagesAreStoredAsFailed() {
        bench.channel.thenTryAgain(1, Duration.ofHours(1));
        for (int i = 0; i < Outbox.WAITING_MAX; i++) {
            bench.say("a" + i, "text " + i);
        }
        CompletableFuture<Posted> tooMuch = bench.say("b", "one too many");

        assertThat(tooMuch.resultNow().state()).isEqualTo(Posted.State.FAILED);
        assertThat(tooMuch.resultNow().reason().orElseThrow()).contains("500");
        bench.settle();
        assertThat(bench.arrived()).hasSize(Outbox.WAITING_MAX);
    }

    @Test
    void aBurstGoesAtOnceAndThenAtThePaceOfTheChannel() {
        bench.rules =
                new DeliveryRules(
                        3,
                        Duration.ofMillis(400),
                        Duration.ofSeconds(30),
                        0,
                        2,
                        Duration.ofSeconds(1));
        for (int i = 0; i < 4; i++) {
            bench.say("a" + i, "text " + i);
        }
        assertThat(bench.seen()).hasSize(2);
        bench.alarm.advance(Duration.ofSeconds(1));
        assertThat(bench.seen()).hasSize(3);
        bench.settle();
        assertThat(bench.seen()).containsExactly("text 0", "text 1", "text 2", "text 3");
    }

    @Test
    void secretsDoNotLeaveEitherAsMessageOrAsRecord() {
        bench.redact = text -> text.replace("hunter2", "***");
        bench.delivery.post(
                Intent.say("a", bench.ann, OutboundMessage.of("it is hunter2")).duringTurn("t"));

        assertThat(bench.seen()).containsExactly("it is ***");
        assertThat(bench.delivery.sentTexts("t", bench.ann)).containsExactly("it is ***");
    }

    @Test
    void sentTextsNameWhatATurnSaidHere() {
        bench.delivery.post(Intent.say("a", bench.ann, OutboundMessage.of("one")).duringTurn("t"));
        bench.channel.thenRefused("no");
        bench.delivery.post(Intent.say("b", bench.ann, OutboundMessage.of("two")).duringTurn("t"));

        assertThat(bench.delivery.sentTexts("t", bench.ann)).containsExactly("one");
        assertThat(bench.delivery.sentTexts("u", bench.ann)).isEmpty();
    }

    @Test
    void nothingToSayStillClosesTheRows() {
        bench.channel.says(bench.ann, "ann", "hi");
        long ticket = bench.inbox.open().getFirst().seq();
        CompletableFuture<Posted> posted =
                bench.delivery.post(
                        Intent.say("a", bench.ann, OutboundMessage.of(""))
                                .closing(Closing.of(List.of(ticket), Outcome.ANSWERED)));

        assertThat(posted.resultNow().messageIds()).isEmpty();
        assertThat(bench.inbox.open()).isEmpty();
        assertThat(bench.delivery.outcome("a")).isEmpty();
        assertThatThrownBy(() -> bench.delivery.delivered("a"))
                .isInstanceOf(DeliveryException.class);
    }

    @Test
    void aChannelThatIsNotConfiguredIsAnErrorWithTheNextStep() {
        Conversation elsewhere = FakeChannel.named("slack").direct("ann");

        assertThatThrownBy(
                        () ->
                                bench.delivery.post(
                                        Intent.say("a", elsewhere, OutboundMessage.of("hi"))))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("enable it in the config");
    }

    @Test
    void settledRowsLoseTheirWordsByAgeAndWaitingOnesKeepThem() {
        bench.say("a", "old");
        bench.channel.thenTryAgain(1, Duration.ofDays(30));
        bench.say("b", "waiting");
        bench.clock.advance(Duration.ofDays(3));

        bench.delivery.prune(new Retention(Duration.ofDays(1), Duration.ofDays(9)));
        assertThat(bench.delivery.outcome("a")).isPresent();
        bench.delivery.prune(new Retention(Duration.ofDays(1), Duration.ofDays(2)));
        assertThat(bench.delivery.outcome("a")).isEmpty();
        bench.settle();
        assertThat(bench.arrived()).containsExactly("old", "waiting");
    }

    @Test
    void wordsBeyondTheBoundGoAtOnceAndThoseThatWaitStay() {
        bench.say("a", "said");
        bench.channel.thenTryAgain(1, Duration.ofDays(30));
        bench.say("b", "waiting");

        assertThat(bench.delivery.prune(room(1_000_000))).isZero();
        assertThat(bench.delivery.prune(room(1))).isEqualTo(1);
        assertThat(bench.delivery.prune(room(1))).isZero();
        bench.clock.advance(Duration.ofDays(31));
        bench.settle();
        assertThat(bench.arrived()).containsExactly("said", "waiting");
    }

    private static Retention room(long bytes) {
        return new Retention(Duration.ofDays(40), Duration.ofDays(90), bytes);
    }

    @Test
    void closingTellsWhoStillWaits() {
        bench.channel.thenTryAgain(1, Duration.ofHours(1));
        CompletableFuture<Posted> posted = bench.say("a", "hello");
        bench.delivery.close();

        assertThat(posted).isCompletedExceptionally();
        bench.restart();
        bench.settle();
        assertThat(bench.seen()).containsExactly("hello");
    }

    private void pressAgain() {
        assertThat(bench.delivery.resend(newestResend(), bench.ann)).isEqualTo(Resent.AGAIN);
        bench.settle();
    }

    private long newestResend() {
        String data = bench.channel.newestButton().orElseThrow();
        assertThat(data).startsWith("resend:");
        return Long.parseLong(data.substring("resend:".length()));
    }

    private void reopenWith(FakeChannel channel) {
        bench.close();
        bench = new Bench(channel);
    }
}
