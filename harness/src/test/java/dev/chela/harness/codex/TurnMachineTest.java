package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.THREAD;
import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.MessagePhase;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.testing.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TurnMachineTest {

    private static final InputKey INPUT = new InputKey("input-1");
    private static final TurnId FOREIGN = new TurnId("turn-of-another");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final TurnMachine machine =
            new TurnMachine(THREAD, INPUT, "hello", Watches.defaults(), now);
    private final List<TurnStep> all = new ArrayList<>();

    @Test
    void aPlainTurnEndsWithItsAnswer() {
        accepted();
        notified(Wire.opened(TURN, Wire.user("input-1", "hello")));
        notified(Wire.opened(TURN, Wire.answer("m1", "")));
        notified(Wire.delta(TURN, "m1", "Hi "));
        notified(Wire.closed(TURN, Wire.answer("m1", "Hi there")));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(events())
                .containsExactly(
                        new TurnEvent.Started(THREAD, TURN),
                        new TurnEvent.InputTaken(INPUT),
                        new TurnEvent.TextDelta("m1", "Hi "),
                        new TurnEvent.TextCompleted("m1", "Hi there", false));
        assertThat(outcome())
                .isEqualTo(new TurnOutcome.Completed(Optional.of("Hi there"), false, List.of()));
    }

    @Test
    void ofAMessageWhoseBeginningWasNotHeardNothingIsShownBeforeItIsWhole() {
        accepted();
        notified(Wire.opened(TURN, Wire.user("input-1", "hello")));
        notified(Wire.delta(TURN, "m1", "there"));
        notified(Wire.closed(TURN, Wire.answer("m1", "Hi there")));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(events())
                .containsExactly(
                        new TurnEvent.Started(THREAD, TURN),
                        new TurnEvent.InputTaken(INPUT),
                        new TurnEvent.TextCompleted("m1", "Hi there", false));
    }

    /** What was said between the cut and the new connection is in no notification. */
    @Test
    void anEndThatIsHeardWhileConnectingAnewWaitsForTheWholeTurn() {
        accepted();
        feed(new TurnInput.Cut());
        all.clear();
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(all).isEmpty();

        feed(new TurnInput.Told(new TurnFacts.InProgress(Optional.empty())));
        assertThat(all).singleElement().isInstanceOf(TurnStep.Ask.class);
        feed(
                new TurnInput.Told(
                        new TurnFacts.Ended(
                                Wire.turn(
                                        TURN,
                                        TurnStatus.COMPLETED,
                                        Wire.user("input-1", "hello"),
                                        Wire.answer("m1", "missed")))));
        assertThat(completed().text()).contains("missed");
        assertThat(events()).contains(new TurnEvent.InputTaken(INPUT));
    }

    @Test
    void anUnansweredStartIsFollowedOnceTheTurnShowsOurInput() {
        feed(new TurnInput.Unanswered());
        notified(Wire.opened(TURN, Wire.user("input-1", "hello")));
        assertThat(machine.isOurs()).isTrue();
        notified(Wire.closed(TURN, Wire.answer("m1", "hi")));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(completed().text()).contains("hi");
    }

    @Test
    void whoStopsATurnDoesNotWaitForEverUntilCodexCanBeAsked() {
        accepted();
        feed(new TurnInput.Cut());
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        assertThat(machine.wakeAt()).contains(now.plusSeconds(20));
        feed(new TurnInput.Woken());
        assertThat(all).noneMatch(TurnStep.End.class::isInstance);

        now = now.plusSeconds(20);
        feed(new TurnInput.Woken());
        assertThat(outcome())
                .isEqualTo(
                        new TurnOutcome.Interrupted(TurnOutcome.Cause.USER_STOP, Optional.empty()));
    }

    @Test
    void aStopOfAnEarlierProcessIsNoCrash() {
        feed(new TurnInput.Found(Optional.of(TURN)));
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        feed(new TurnInput.Told(new TurnFacts.Ended(Wire.turn(TURN, TurnStatus.INTERRUPTED))));
        assertThat(outcome())
                .isEqualTo(
                        new TurnOutcome.Interrupted(TurnOutcome.Cause.USER_STOP, Optional.empty()));
    }

    @Test
    void aTurnOfAnotherClientThatTookOurInputAnswersIt() {
        feed(new TurnInput.Joined(FOREIGN));
        notified(Wire.opened(FOREIGN, Wire.user("input-1", "hello")));
        notified(Wire.closed(FOREIGN, Wire.answer("m1", "for you")));
        notified(Wire.completed(FOREIGN, TurnStatus.COMPLETED));
        assertThat(completed().text()).contains("for you");
    }

    @Test
    void anInputThatMayStillBeTakenIsAskedAboutWhenATurnEndsAndStoppedAtOnce() {
        feed(new TurnInput.Found(Optional.empty()));
        feed(new TurnInput.Told(new TurnFacts.InProgress(Optional.empty())));
        assertThat(machine.isOurs()).isFalse();
        all.clear();
        notified(Wire.completed(FOREIGN, TurnStatus.COMPLETED));
        assertThat(all).hasSize(1).first().isInstanceOf(TurnStep.Ask.class);
        feed(new TurnInput.Told(new TurnFacts.InProgress(Optional.empty())));
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        feed(new TurnInput.Told(new TurnFacts.InProgress(Optional.empty())));
        assertThat(outcome()).isInstanceOf(TurnOutcome.Interrupted.class);
    }

    @Test
    void aFoundTurnThatAnotherClientBeganIsFollowedAsSuch() {
        feed(new TurnInput.Found(Optional.of(FOREIGN)));
        feed(
                new TurnInput.Told(
                        new TurnFacts.InProgress(
                                Optional.of(
                                        Wire.turn(
                                                FOREIGN,
                                                TurnStatus.IN_PROGRESS,
                                                Wire.user(null, "typed elsewhere"),
                                                Wire.user("input-1", "hello"))))));
        assertThat(machine.isOurs()).isTrue();
        assertThat(machine.followedAnother()).isTrue();
    }

    @Test
    void whatAJoinedTurnAsksIsForUsOnceNothingMovesThere() {
        feed(new TurnInput.Joined(FOREIGN));
        assertThat(machine.isOurs()).isFalse();
        now = machine.wakeAt().orElseThrow();
        feed(new TurnInput.Woken());
        assertThat(machine.isOurs()).isFalse();

        tell(new TurnFacts.InProgress(Optional.empty()));

        assertThat(machine.isOurs()).isTrue();
    }

    @Test
    void aTurnOfAnotherClientThatEndsWithoutOurInputIsNotOurs() {
        feed(new TurnInput.Joined(FOREIGN));
        notified(Wire.closed(FOREIGN, Wire.answer("m1", "for somebody else")));
        notified(Wire.completed(FOREIGN, TurnStatus.COMPLETED));
        assertThat(all).contains(new TurnStep.Rerun());
        assertThat(all).noneMatch(TurnStep.End.class::isInstance);
        // A later process would look for our answer there.
        assertThat(events()).noneMatch(TurnEvent.Started.class::isInstance);
    }

    @Test
    void aStartThatSteeredAFasterClientsTurnIsNotAnsweredByIt() {
        accepted();
        notified(Wire.opened(TURN, Wire.user("of-somebody-else", "their words")));
        notified(Wire.closed(TURN, Wire.answer("m1", "for somebody else")));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(all).contains(new TurnStep.Rerun());
    }

    @Test
    void commentaryIsNoAnswerAndALaterAnswerReplacesAnEarlierOne() {
        accepted();
        notified(Wire.closed(TURN, Wire.agent("m1", "first", null)));
        notified(Wire.closed(TURN, Wire.answer("m2", "second")));
        notified(Wire.closed(TURN, Wire.agent("m3", "by the way", MessagePhase.COMMENTARY)));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(completed().text()).contains("second");
    }

    @Test
    void aSteerVoidsTheOpenMessageAndItsInputIsTakenOnlyWithItsUserMessage() {
        accepted();
        feed(new TurnInput.Steered(new InputKey("input-2"), "also"));
        notified(Wire.opened(TURN, Wire.answer("m1", "")));
        notified(Wire.delta(TURN, "m1", "never"));
        assertThat(events()).doesNotContain(new TurnEvent.InputTaken(new InputKey("input-2")));
        notified(Wire.opened(TURN, Wire.user("input-2", "also")));
        assertThat(events())
                .containsSubsequence(
                        new TurnEvent.TextRetracted("m1"),
                        new TurnEvent.InputTaken(new InputKey("input-2")));
    }

    @Test
    void aServerWithoutClientIdsIsMatchedByWords() {
        accepted();
        feed(new TurnInput.Steered(new InputKey("input-2"), "also"));
        notified(Wire.opened(TURN, Wire.user(null, "hello")));
        notified(Wire.opened(TURN, Wire.user(null, "also")));
        assertThat(events())
                .containsSubsequence(
                        new TurnEvent.InputTaken(INPUT),
                        new TurnEvent.InputTaken(new InputKey("input-2")));
    }

    @Test
    void anotherTurnsEndIsNotOurs() {
        accepted();
        notified(Wire.closed(FOREIGN, Wire.answer("f", "foreign")));
        notified(Wire.completed(FOREIGN, TurnStatus.COMPLETED));
        assertThat(all).noneMatch(TurnStep.End.class::isInstance);
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(completed().text()).isEmpty();
    }

    @Test
    void aRetryIsProgressAndVoidsOpenText() {
        accepted();
        notified(Wire.opened(TURN, Wire.answer("m1", "")));
        notified(Wire.delta(TURN, "m1", "half"));
        notified(Wire.retrying(TURN));
        assertThat(events()).contains(new TurnEvent.TextRetracted("m1"));
        assertThat(all).noneMatch(TurnStep.End.class::isInstance);
    }

    @Test
    void aFailureKeepsItsTypedCause() {
        accepted();
        notified(Wire.failed(TURN, "usageLimitExceeded", "Quota exceeded"));
        assertThat(((TurnOutcome.Failed) outcome()).kind())
                .isEqualTo(TurnOutcome.Failure.USAGE_LIMIT);
    }

    @Test
    void aStopInterruptsAndItsCauseIsKept() {
        accepted();
        notified(Wire.opened(TURN, Wire.answer("m1", "")));
        notified(Wire.delta(TURN, "m1", "half"));
        assertThat(feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP)))
                .containsExactly(new TurnStep.Interrupt());
        notified(Wire.completed(TURN, TurnStatus.INTERRUPTED));
        assertThat(outcome())
                .isEqualTo(
                        new TurnOutcome.Interrupted(
                                TurnOutcome.Cause.USER_STOP, Optional.of("half")));
        assertThat(events()).contains(new TurnEvent.TextRetracted("m1"));
    }

    @Test
    void aStopBeforeTheTurnIsAcceptedWaitsForItsId() {
        assertThat(feed(new TurnInput.Stop(TurnOutcome.Cause.NEW_SESSION))).isEmpty();
        assertThat(accepted()).contains(new TurnStep.Interrupt());
    }

    @Test
    void anInterruptThatNobodyHereAskedForIsExternal() {
        accepted();
        notified(Wire.completed(TURN, TurnStatus.INTERRUPTED));
        assertThat(((TurnOutcome.Interrupted) outcome()).cause())
                .isEqualTo(TurnOutcome.Cause.EXTERNAL);
    }

    @Test
    void silenceAsksAndWorkStillGoingOnIsWaitedForWithMorePatience() {
        accepted();
        assertThat(wake(Duration.ofSeconds(59))).isEmpty();
        assertThat(wake(Duration.ofSeconds(1))).hasOnlyElementsOfType(TurnStep.Ask.class);
        tell(new TurnFacts.InProgress(Optional.empty()));
        assertThat(events()).last().isInstanceOf(TurnEvent.StillWorking.class);
        assertThat(machine.wakeAt()).contains(now.plusSeconds(120));
    }

    @Test
    void anOpenCommandOrRequestIsNotSilence() {
        accepted();
        notified(Wire.opened(TURN, Wire.command("c1", "sleep 600")));
        assertThat(machine.wakeAt()).contains(now.plus(Duration.ofMinutes(30)));
        notified(Wire.closed(TURN, Wire.command("c1", "sleep 600")));
        assertThat(machine.wakeAt()).contains(now.plus(Duration.ofMinutes(5)));
        feed(new TurnInput.Asked("r", false));
        assertThat(machine.wakeAt()).contains(now.plus(Duration.ofMinutes(30)));
        feed(new TurnInput.Replied("r", false, false));
        assertThat(machine.wakeAt()).contains(now.plusSeconds(60));
    }

    @Test
    void whatAPersonThinksAboutCostsTheTurnNoTime() {
        accepted();
        feed(new TurnInput.Asked("command", true));
        feed(new TurnInput.Asked("question", true));
        assertThat(machine.wakeAt()).isEmpty();
        assertThat(wake(Watches.defaults().run().plusHours(1))).isEmpty();

        feed(new TurnInput.Replied("command", false, false));
        assertThat(machine.wakeAt()).isEmpty();
        feed(new TurnInput.Replied("question", false, false));

        assertThat(machine.wakeAt()).contains(now.plusSeconds(60));
        assertThat(wake(Duration.ofSeconds(60))).hasOnlyElementsOfType(TurnStep.Ask.class);
        feed(new TurnInput.Asked("again", true));
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        tell(new TurnFacts.InProgress(Optional.empty()));
        assertThat(machine.wakeAt()).isPresent();
    }

    @Test
    void aMissedEndIsDeliveredWhenCodexIsAsked() {
        accepted();
        notified(Wire.closed(TURN, Wire.answer("m1", "done")));
        assertThat(wake(Duration.ofSeconds(10))).hasOnlyElementsOfType(TurnStep.Ask.class);
        tell(new TurnFacts.Ended(Wire.turn(TURN, TurnStatus.COMPLETED, Wire.answer("m1", "done"))));
        assertThat(completed().text()).contains("done");
    }

    @Test
    void aFinalAnswerIsKeptWhenCodexCannotBeAsked() {
        accepted();
        notified(Wire.closed(TURN, Wire.answer("m1", "done")));
        wake(Duration.ofSeconds(10));
        assertThat(tell(new TurnFacts.Unreachable("silence"))).contains(new TurnStep.Interrupt());
        assertThat(completed().text()).contains("done");
    }

    @Test
    void silenceThatCannotBeAskedAboutIsATimeout() {
        accepted();
        wake(Duration.ofSeconds(60));
        tell(new TurnFacts.Unreachable("silence"));
        assertThat(((TurnOutcome.Failed) outcome()).kind()).isEqualTo(TurnOutcome.Failure.TIMEOUT);
    }

    @Test
    void afterACutACompletedTurnIsDelivered() {
        accepted();
        notified(Wire.opened(TURN, Wire.command("c1", "ls")));
        assertThat(feed(new TurnInput.Cut())).contains(new TurnStep.Reconnect());
        tell(new TurnFacts.Ended(Wire.turn(TURN, TurnStatus.COMPLETED, Wire.answer("m1", "done"))));
        assertThat(completed().text()).contains("done");
    }

    @Test
    void afterACutATurnStillRunningIsWaitedFor() {
        accepted();
        feed(new TurnInput.Cut());
        tell(new TurnFacts.InProgress(Optional.of(Wire.turn(TURN, TurnStatus.IN_PROGRESS))));
        notified(Wire.closed(TURN, Wire.answer("m1", "late")));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(completed().text()).contains("late");
    }

    @Test
    void afterACutAnInterruptedTurnIsUncertain() {
        accepted();
        notified(Wire.opened(TURN, Wire.command("c1", "deploy")));
        feed(new TurnInput.Cut());
        tell(
                new TurnFacts.Ended(
                        Wire.turn(TURN, TurnStatus.INTERRUPTED, Wire.user("input-1", "hello"))));
        assertThat(((TurnOutcome.Uncertain) outcome()).notice()).contains("Runs deploy");
    }

    @Test
    void afterACutAnInputNeverTakenIsRunAgain() {
        accepted();
        feed(new TurnInput.Cut());
        assertThat(tell(new TurnFacts.NeverTaken())).containsExactly(new TurnStep.Rerun());
    }

    @Test
    void whatAServerThatLivedOnDoesNotKnowOfIsRunAgainWhenItSaysSoTwice() {
        accepted();
        feed(new TurnInput.Cut());
        assertThat(tellEarly(new TurnFacts.NeverTaken())).isEmpty();
        assertThat(machine.wakeAt()).contains(now.plusSeconds(1));
        assertThat(wake(Duration.ofSeconds(1))).containsExactly(new TurnStep.Reconnect());
        assertThat(tellEarly(new TurnFacts.NeverTaken())).containsExactly(new TurnStep.Rerun());
    }

    /** Observed of a server that lives on, for some milliseconds after {@code turn/start}. */
    @ParameterizedTest
    @MethodSource
    void aTurnThatCodexDoesNotShowYetIsFollowedOnceItDoes(TurnFacts nothing) {
        accepted();
        feed(new TurnInput.Cut());
        tellEarly(nothing);
        wake(Duration.ofSeconds(1));
        tell(new TurnFacts.InProgress(Optional.of(Wire.turn(TURN, TurnStatus.IN_PROGRESS))));
        notified(Wire.closed(TURN, Wire.answer("m1", "late")));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(completed().text()).contains("late");
    }

    static Stream<TurnFacts> aTurnThatCodexDoesNotShowYetIsFollowedOnceItDoes() {
        return Stream.of(
                new TurnFacts.NeverTaken(),
                new TurnFacts.Forgotten(),
                new TurnFacts.Ended(
                        Wire.turn(TURN, TurnStatus.INTERRUPTED, Wire.user("input-1", "hello"))));
    }

    @Test
    void aStopWhileCodexIsAskedTwiceNeedsNoSecondWord() {
        accepted();
        feed(new TurnInput.Cut());
        tellEarly(new TurnFacts.NeverTaken());
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        wake(Duration.ofSeconds(1));
        tellEarly(new TurnFacts.NeverTaken());
        assertThat(outcome()).isInstanceOf(TurnOutcome.Interrupted.class);
    }

    @Test
    void anInputSeenLiveIsNeverRunAgainWhateverTheHistorySays() {
        accepted();
        notified(Wire.opened(TURN, Wire.user("input-1", "hello")));
        feed(new TurnInput.Cut());
        tell(new TurnFacts.NeverTaken());
        assertThat(outcome()).isInstanceOf(TurnOutcome.Uncertain.class);
    }

    @Test
    void aSecondCutWhileAskingConnectsOnlyOnce() {
        accepted();
        feed(new TurnInput.Cut());
        assertThat(feed(new TurnInput.Cut())).isEmpty();
    }

    @Test
    void aTurnThatOutlastsItsTimeIsInterrupted() {
        accepted();
        notified(Wire.opened(TURN, Wire.command("c1", "sleep")));
        now = now.plus(Duration.ofHours(48));
        assertThat(feed(new TurnInput.Woken())).hasOnlyElementsOfType(TurnStep.Ask.class);
        assertThat(tell(new TurnFacts.InProgress(Optional.empty())))
                .containsExactly(new TurnStep.Interrupt());
        notified(Wire.completed(TURN, TurnStatus.INTERRUPTED));
        assertThat(((TurnOutcome.Failed) outcome()).kind()).isEqualTo(TurnOutcome.Failure.TIMEOUT);
    }

    @Test
    void aTurnFoundAfterARestartIsAskedAboutByTheNameThatWasStored() {
        assertThat(feed(new TurnInput.Found(Optional.of(TURN))))
                .containsExactly(new TurnStep.Reconnect());
        assertThat(machine.turn()).contains(TURN);
        tell(new TurnFacts.InProgress(Optional.of(Wire.turn(TURN, TurnStatus.IN_PROGRESS))));
        assertThat(events()).first().isEqualTo(new TurnEvent.Started(THREAD, TURN));
        notified(Wire.closed(TURN, Wire.answer("m1", "late")));
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(completed().text()).contains("late");
    }

    @Test
    void aTurnThatCodexForgotIsUncertainAfterACutAndRunAgainIfAllOfItWasHeard() {
        feed(new TurnInput.Found(Optional.of(TURN)));
        tell(new TurnFacts.Forgotten());
        assertThat(((TurnOutcome.Uncertain) outcome()).cause())
                .isEqualTo(TurnOutcome.Cause.PROCESS_EXIT);

        var live = new TurnMachine(THREAD, INPUT, "hello", Watches.defaults(), now);
        live.accept(new TurnInput.Accepted(TURN), now);
        live.accept(new TurnInput.Woken(), now.plusSeconds(60));
        assertThat(live.accept(new TurnInput.Told(new TurnFacts.Forgotten()), now))
                .containsExactly(new TurnStep.Rerun());
    }

    @Test
    void anInterruptWithoutAnEndIsAskedAboutTriedAgainAndThenGivenUp() {
        accepted();
        feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP));
        assertThat(wake(Duration.ofSeconds(5))).hasOnlyElementsOfType(TurnStep.Ask.class);
        assertThat(tell(new TurnFacts.InProgress(Optional.empty())))
                .containsExactly(new TurnStep.Interrupt());
        wake(Duration.ofSeconds(5));
        tell(new TurnFacts.InProgress(Optional.empty()));
        assertThat(all).last().isInstanceOf(TurnStep.End.class);
        assertThat(((TurnStep.End) all.getLast()).threadIdle()).isFalse();
    }

    private List<TurnStep> tellEarly(TurnFacts facts) {
        return feed(new TurnInput.Told(facts, true));
    }

    @Test
    void nothingHappensAfterTheEnd() {
        accepted();
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(feed(new TurnInput.Cut())).isEmpty();
        assertThat(machine.wakeAt()).isEmpty();
    }

    private List<TurnStep> accepted() {
        return feed(new TurnInput.Accepted(TURN));
    }

    private void notified(ServerNotification notification) {
        feed(new TurnInput.Notified(notification));
    }

    private List<TurnStep> tell(TurnFacts facts) {
        return feed(new TurnInput.Told(facts));
    }

    private List<TurnStep> wake(Duration later) {
        now = now.plus(later);
        return feed(new TurnInput.Woken());
    }

    private List<TurnStep> feed(TurnInput input) {
        List<TurnStep> steps = machine.accept(input, now);
        all.addAll(steps);
        return steps;
    }

    private List<TurnEvent> events() {
        return all.stream()
                .filter(TurnStep.Emit.class::isInstance)
                .map(step -> ((TurnStep.Emit) step).event())
                .toList();
    }

    private TurnOutcome outcome() {
        return all.stream()
                .filter(TurnStep.End.class::isInstance)
                .map(step -> ((TurnStep.End) step).outcome())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the turn did not end"));
    }

    private TurnOutcome.Completed completed() {
        return (TurnOutcome.Completed) outcome();
    }
}
