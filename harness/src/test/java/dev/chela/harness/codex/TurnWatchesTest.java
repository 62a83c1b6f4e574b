package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.THREAD;
import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.HookRun;
import dev.chela.harness.appserver.protocol.MessagePhase;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.testing.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every watch of a turn: what arms it, that it asks and decides nothing, and where each of Codex's
 * four answers leads.
 */
class TurnWatchesTest {

    private static final Watches WATCHES =
            new Watches(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(300),
                    Duration.ofSeconds(240),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(40));
    private static final ThreadItem COMMAND = Wire.command("c1", "make");
    private static final ThreadItem THOUGHT =
            new ThreadItem.Reasoning("r1", List.of("hm"), List.of());

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final TurnMachine machine =
            new TurnMachine(THREAD, new InputKey("input-1"), "hello", WATCHES, now);
    private final List<TurnStep> all = new ArrayList<>();

    /** A way to arm each watch, and what it leads to if Codex cannot be asked. */
    private enum Case {
        ACCEPTED(Watch.COMPLETION, TurnOutcome.Failed.class, it -> {}),
        TAKEN(
                Watch.COMPLETION,
                TurnOutcome.Failed.class,
                it -> it.notified(Wire.opened(TURN, Wire.user("input-1", "hello")))),
        QUESTION_ANSWERED(
                Watch.COMPLETION,
                TurnOutcome.Uncertain.class,
                it -> {
                    it.feed(new TurnInput.Asked("q"));
                    it.feed(new TurnInput.Replied("q", false, false));
                }),
        STREAM_RETRIED(
                Watch.COMPLETION, TurnOutcome.Failed.class, it -> it.notified(Wire.retrying(TURN))),
        ERROR_NAMED(
                Watch.COMPLETION,
                TurnOutcome.Uncertain.class,
                it -> {
                    it.notified(error());
                    // Whatever comes then: the end is due.
                    it.pass(Duration.ofSeconds(20));
                    it.notified(Wire.opened(TURN, COMMAND));
                    it.pass(Duration.ofSeconds(-20));
                }),
        TOOL_ANSWERED(
                Watch.POST_TOOL,
                TurnOutcome.Uncertain.class,
                it -> {
                    it.feed(new TurnInput.Asked("t"));
                    it.feed(new TurnInput.Replied("t", true, false));
                }),
        COMMAND_ENDED(
                Watch.POST_TOOL,
                TurnOutcome.Uncertain.class,
                it -> {
                    it.notified(Wire.opened(TURN, COMMAND));
                    it.notified(Wire.closed(TURN, COMMAND));
                }),
        PATCH_MOVED(
                Watch.POST_TOOL,
                TurnOutcome.Uncertain.class,
                it ->
                        it.notified(
                                new ServerNotification.FileChangePatchUpdated(
                                        THREAD, TURN, "p1", List.of()))),
        COMMAND_OF_UNHEARD_BEGINNING(
                Watch.COMPLETION,
                TurnOutcome.Uncertain.class,
                it ->
                        it.notified(
                                new ServerNotification.CommandOutputDelta(
                                        THREAD, TURN, "c0", "ok"))),
        THOUGHT_AFTER_TOOL(
                Watch.POST_TOOL,
                TurnOutcome.Uncertain.class,
                it -> {
                    it.notified(Wire.closed(TURN, COMMAND));
                    it.notified(Wire.closed(TURN, THOUGHT));
                }),
        THOUGHT_FIRST(
                Watch.THOUGHT,
                TurnOutcome.Uncertain.class,
                it -> it.notified(Wire.closed(TURN, THOUGHT))),
        REMARK(
                Watch.THOUGHT,
                TurnOutcome.Uncertain.class,
                it ->
                        it.notified(
                                Wire.closed(
                                        TURN, Wire.agent("m0", "aside", MessagePhase.COMMENTARY)))),
        ANSWERED(
                Watch.RELEASE,
                TurnOutcome.Completed.class,
                it -> it.notified(Wire.closed(TURN, Wire.answer("m1", "done")))),
        COMMAND_OPEN(
                Watch.TERMINAL,
                TurnOutcome.Uncertain.class,
                it -> it.notified(Wire.opened(TURN, COMMAND))),
        REQUEST_OPEN(
                Watch.TERMINAL,
                TurnOutcome.Uncertain.class,
                it -> it.feed(new TurnInput.Asked("r"))),
        ANSWERED_WITH_HOOK_OPEN(
                Watch.TERMINAL,
                TurnOutcome.Completed.class,
                it -> {
                    it.notified(
                            new ServerNotification.HookStarted(
                                    THREAD,
                                    TURN,
                                    new HookRun("h", "stop", "running", null, null, List.of())));
                    it.notified(Wire.closed(TURN, Wire.answer("m1", "done")));
                }),
        WRITING(
                Watch.TERMINAL,
                TurnOutcome.Uncertain.class,
                it -> it.notified(Wire.delta(TURN, "m1", "do"))),
        STOPPED(
                Watch.INTERRUPT,
                TurnOutcome.Interrupted.class,
                it -> it.feed(new TurnInput.Stop(TurnOutcome.Cause.USER_STOP))),
        RUN_TOO_LONG(
                Watch.RUN,
                TurnOutcome.Failed.class,
                it -> {
                    it.pass(Duration.ofMinutes(25));
                    it.notified(Wire.delta(TURN, "m1", "still"));
                    it.pass(Duration.ofMinutes(-25));
                });

        private final Watch watch;
        private final Class<? extends TurnOutcome> unasked;
        private final Consumer<TurnWatchesTest> arm;

        Case(Watch watch, Class<? extends TurnOutcome> unasked, Consumer<TurnWatchesTest> arm) {
            this.watch = watch;
            this.unasked = unasked;
            this.arm = arm;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWatchAsksWhenItRunsOutAndNotBefore(Case one) {
        arm(one);
        pass(WATCHES.of(one.watch).minusMillis(1));
        assertThat(feed(new TurnInput.Woken())).isEmpty();
        pass(Duration.ofMillis(1));

        assertThat(machine.wakeAt()).hasValueSatisfying(due -> assertThat(due).isEqualTo(now));
        assertThat(feed(new TurnInput.Woken()))
                .singleElement()
                .isInstanceOfSatisfying(
                        TurnStep.Ask.class,
                        ask ->
                                assertThat(ask.why())
                                        .startsWith(one.watch.code())
                                        .contains("watch=" + one.watch, "items=", "requests="));
    }

    @ParameterizedTest
    @EnumSource
    void whatCompletedIsDelivered(Case one) {
        runOut(one);
        tell(new TurnFacts.Ended(Wire.turn(TURN, TurnStatus.COMPLETED, Wire.answer("m9", "yes"))));

        assertThat(outcome())
                .isEqualTo(new TurnOutcome.Completed(Optional.of("yes"), false, List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsInProgressIsWaitedForAndToldOnce(Case one) {
        runOut(one);
        var steps = tell(new TurnFacts.InProgress(Optional.empty()));

        if (one.watch == Watch.INTERRUPT || one.watch == Watch.RUN) {
            assertThat(steps).containsExactly(new TurnStep.Interrupt());
            return;
        }
        // Nobody is told after a few seconds.
        boolean soon = elapsed().compareTo(Duration.ofSeconds(30)) < 0;
        assertThat(steps).isEqualTo(soon ? List.of() : List.of(stillWorking(one)));
        if (one.watch == Watch.TERMINAL) {
            return;
        }
        pass(WATCHES.of(one.watch).multipliedBy(2));
        assertThat(feed(new TurnInput.Woken())).hasOnlyElementsOfType(TurnStep.Ask.class);
        assertThat(tell(new TurnFacts.InProgress(Optional.empty())))
                .isEqualTo(soon ? List.of(stillWorking(one)) : List.of());
    }

    private TurnStep stillWorking(Case one) {
        return new TurnStep.Emit(new TurnEvent.StillWorking(elapsed(), last(one)));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasInterruptedElsewhereIsToldAsThat(Case one) {
        runOut(one);
        tell(new TurnFacts.Ended(Wire.turn(TURN, TurnStatus.INTERRUPTED)));

        switch (one.watch) {
            case RUN -> assertThat(outcome()).isInstanceOf(TurnOutcome.Failed.class);
            case INTERRUPT ->
                    assertThat(((TurnOutcome.Interrupted) outcome()).cause())
                            .isEqualTo(TurnOutcome.Cause.USER_STOP);
            case COMPLETION, POST_TOOL, THOUGHT, RELEASE, TERMINAL ->
                    assertThat(((TurnOutcome.Interrupted) outcome()).cause())
                            .isEqualTo(TurnOutcome.Cause.EXTERNAL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsUnknownIsRunAgainOnlyIfNothingOfItWasSeen(Case one) {
        runOut(one);
        var steps = tell(new TurnFacts.NeverTaken());

        switch (one) {
            case ACCEPTED, STREAM_RETRIED ->
                    assertThat(steps).containsExactly(new TurnStep.Rerun());
            case STOPPED -> assertThat(outcome()).isInstanceOf(TurnOutcome.Interrupted.class);
            default ->
                    assertThat(outcome())
                            .isInstanceOfSatisfying(
                                    TurnOutcome.Uncertain.class,
                                    told ->
                                            assertThat(told.cause())
                                                    .isEqualTo(TurnOutcome.Cause.WATCHDOG));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWatchesOwnRuleHoldsOnlyIfCodexCannotBeAsked(Case one) {
        runOut(one);
        var steps = tell(new TurnFacts.Unreachable("silence"));

        assertThat(outcome()).isInstanceOf(one.unasked);
        if (one.watch != Watch.INTERRUPT) {
            assertThat(steps).contains(new TurnStep.Interrupt());
        }
        assertThat(((TurnStep.End) steps.getLast()).threadIdle()).isFalse();
    }

    @Test
    void anOpenCommandAfterTheAnswerIsNotReleased() {
        feed(new TurnInput.Accepted(TURN));
        notified(Wire.opened(TURN, COMMAND));
        notified(Wire.closed(TURN, Wire.answer("m1", "done")));
        pass(Duration.ofSeconds(10));
        assertThat(feed(new TurnInput.Woken())).isEmpty();
        notified(Wire.closed(TURN, COMMAND));
        notified(Wire.closed(TURN, Wire.answer("m2", "done")));
        pass(Duration.ofSeconds(10));
        assertThat(feed(new TurnInput.Woken())).hasOnlyElementsOfType(TurnStep.Ask.class);
    }

    @Test
    void everyDeltaIsProgress() {
        feed(new TurnInput.Accepted(TURN));
        for (int i = 0; i < 20; i++) {
            notified(Wire.delta(TURN, "m1", "word "));
            pass(Duration.ofSeconds(100));
            assertThat(feed(new TurnInput.Woken())).isEmpty();
        }
    }

    @Test
    void whoeverKeepsWatchOverAllTurnsHasItAskedAboutWithoutEndingIt() {
        feed(new TurnInput.Accepted(TURN));
        notified(Wire.opened(TURN, COMMAND));
        pass(Duration.ofMinutes(10));

        assertThat(feed(new TurnInput.Doubted("session.stalled")))
                .containsExactly(new TurnStep.Ask("session.stalled"));
        assertThat(feed(new TurnInput.Doubted("session.stalled"))).isEmpty();
        assertThat(tell(new TurnFacts.InProgress(Optional.empty())))
                .noneMatch(TurnStep.End.class::isInstance);
        assertThat(feed(new TurnInput.Doubted("session.stalled"))).hasSize(1);
        assertThat(tell(new TurnFacts.Unreachable("no answer")))
                .anyMatch(TurnStep.End.class::isInstance);
        assertThat(outcome()).isInstanceOf(TurnOutcome.Uncertain.class);
    }

    @Test
    void aTurnThatWaitsForAPersonIsNotAskedAbout() {
        feed(new TurnInput.Accepted(TURN));
        feed(new TurnInput.Asked("r1", true));

        assertThat(feed(new TurnInput.Doubted("session.stalled"))).isEmpty();
    }

    @Test
    void whatASilentTurnLogsHoldsNoWordOfIt() {
        feed(new TurnInput.Accepted(TURN));
        notified(Wire.opened(TURN, Wire.command("c1", "cat secret")));
        notified(Wire.delta(TURN, "m1", "secret"));
        pass(Duration.ofMinutes(30));

        assertThat(feed(new TurnInput.Woken()))
                .containsExactly(
                        new TurnStep.Ask(
                                "turn.terminal_idle_timeout watch=TERMINAL silent=1800s"
                                        + " elapsed=1800s last=item/agentMessage/delta items=1"
                                        + " requests=0 hooks=0"));
    }

    private void arm(Case one) {
        feed(new TurnInput.Accepted(TURN));
        one.arm.accept(this);
        if (one == Case.RUN_TOO_LONG) {
            // Its last word came 25 minutes in: the terminal watch is not due before the run is.
            assertThat(WATCHES.terminal()).isGreaterThan(WATCHES.run().minusMinutes(25));
        }
        all.clear();
    }

    private void runOut(Case one) {
        arm(one);
        pass(WATCHES.of(one.watch));
        assertThat(feed(new TurnInput.Woken())).hasOnlyElementsOfType(TurnStep.Ask.class);
    }

    private static String last(Case one) {
        return switch (one) {
            case COMMAND_OPEN, COMMAND_ENDED, ERROR_NAMED -> "Runs make";
            default -> "";
        };
    }

    private Duration elapsed() {
        return Duration.between(Instant.parse("2026-01-01T00:00:00Z"), now);
    }

    private static ServerNotification error() {
        return new ServerNotification.Error(THREAD, TURN, Wire.error("other", "broken"), false);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void notified(ServerNotification notification) {
        feed(new TurnInput.Notified(notification));
    }

    private List<TurnStep> tell(TurnFacts facts) {
        return feed(new TurnInput.Told(facts));
    }

    private List<TurnStep> feed(TurnInput input) {
        List<TurnStep> steps = machine.accept(input, now);
        all.addAll(steps);
        return steps;
    }

    private TurnOutcome outcome() {
        return all.stream()
                .filter(TurnStep.End.class::isInstance)
                .map(step -> ((TurnStep.End) step).outcome())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the turn did not end: " + all));
    }
}
