package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.THREAD;
import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.MessagePhase;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.testing.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnMachineTest extends MachineBench {

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
    void itIsToldWhileTheTurnWaitsForPeople() {
        accepted();
        assertThat(feed(new TurnInput.Asked("tool", false))).isEmpty();
        assertThat(feed(new TurnInput.Asked("command", true))).containsExactly(waiting(true));
        assertThat(feed(new TurnInput.Asked("question", true))).isEmpty();
        assertThat(feed(new TurnInput.Replied("command", false, false))).isEmpty();
        assertThat(feed(new TurnInput.Replied("question", false, false)))
                .containsExactly(waiting(false));
        feed(new TurnInput.Asked("again", true));
        assertThat(feed(new TurnInput.Cut())).contains(waiting(false));
    }

    private static TurnStep waiting(boolean people) {
        return new TurnStep.Emit(new TurnEvent.PeopleAsked(people));
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
    void nothingHappensAfterTheEnd() {
        accepted();
        notified(Wire.completed(TURN, TurnStatus.COMPLETED));
        assertThat(feed(new TurnInput.Cut())).isEmpty();
        assertThat(machine.wakeAt()).isEmpty();
    }
}
