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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for a turn whatever happens to it, in whatever order. */
class TurnMachineProperties {

    private static final InputKey INPUT = new InputKey("input-1");
    private static final TurnId FOREIGN = new TurnId("foreign");

    @Property(tries = 3_000, seed = "20260101")
    void everyTurnEndsOnceAndNothingShownIsLeftHanging(
            @ForAll("happenings") List<TurnInput> script) {
        TurnMachine machine =
                new TurnMachine(THREAD, INPUT, "hello", Watches.defaults(), Instant.EPOCH);
        List<TurnStep> steps = new ArrayList<>();
        Instant now = Instant.EPOCH;
        for (TurnInput input : script) {
            now = now.plusMillis(100);
            steps.addAll(machine.accept(input, now));
        }
        // Whatever it came to: the server goes away and cannot be asked.
        steps.addAll(machine.accept(new TurnInput.Cut(), now));
        steps.addAll(machine.accept(new TurnInput.Told(new TurnFacts.Unreachable("gone")), now));

        assertThat(steps.stream().filter(TurnMachineProperties::isLast)).hasSize(1);
        assertThat(isLast(steps.getLast())).isTrue();
        assertThat(machine.wakeAt()).isEmpty();
        assertThat(hanging(steps)).isEmpty();
        assertThat(taken(steps)).doesNotHaveDuplicates();
    }

    @Property(tries = 1_000, seed = "20260102")
    void aLivingTurnAlwaysWaitsForSomething(@ForAll("happenings") List<TurnInput> script) {
        TurnMachine machine =
                new TurnMachine(THREAD, INPUT, "hello", Watches.defaults(), Instant.EPOCH);
        List<TurnStep> steps = new ArrayList<>();
        boolean asked = false;
        Instant now = Instant.EPOCH;
        for (TurnInput input : script) {
            now = now.plusMillis(100);
            List<TurnStep> latest = machine.accept(input, now);
            steps.addAll(latest);
            asked = (asked && !(input instanceof TurnInput.Told)) || asks(latest);
            boolean over = steps.stream().anyMatch(TurnMachineProperties::isLast);
            assertThat(over || asked || machine.wakeAt().isPresent()).isTrue();
        }
    }

    @Provide
    Arbitrary<List<TurnInput>> happenings() {
        return Arbitraries.oneOf(messages(), control(), answers())
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(
                        list -> {
                            List<TurnInput> script = new ArrayList<>(list);
                            script.addFirst(new TurnInput.Accepted(TURN));
                            return script;
                        });
    }

    private static Arbitrary<TurnInput> messages() {
        return Arbitraries.of(TURN, FOREIGN)
                .flatMap(
                        turn ->
                                Arbitraries.integers()
                                        .between(1, 3)
                                        .flatMap(n -> Arbitraries.of(items(turn, n))))
                .map(TurnInput.Notified::new);
    }

    private static List<ServerNotification> items(TurnId turn, int n) {
        String message = "m" + n;
        String command = "c" + n;
        return List.of(
                Wire.opened(turn, Wire.user("input-" + n, "words")),
                Wire.opened(turn, Wire.answer(message, "")),
                Wire.delta(turn, message, "text"),
                Wire.closed(turn, Wire.answer(message, "whole")),
                Wire.closed(turn, Wire.agent(message, "aside", MessagePhase.COMMENTARY)),
                Wire.opened(turn, Wire.command(command, "ls")),
                Wire.closed(turn, Wire.command(command, "ls")),
                Wire.retrying(turn));
    }

    private static Arbitrary<TurnInput> control() {
        return Arbitraries.of(
                new TurnInput.Steered(new InputKey("input-2"), "words"),
                new TurnInput.Asked("r1", false),
                new TurnInput.Replied("r1", true, true),
                new TurnInput.Stop(TurnOutcome.Cause.USER_STOP),
                new TurnInput.Cut(),
                new TurnInput.Unanswered(),
                new TurnInput.Woken());
    }

    private static Arbitrary<TurnInput> answers() {
        return Arbitraries.<TurnInput>of(
                new TurnInput.Told(new TurnFacts.InProgress(Optional.empty())),
                new TurnInput.Told(
                        new TurnFacts.InProgress(
                                Optional.of(
                                        Wire.turn(
                                                TURN,
                                                TurnStatus.IN_PROGRESS,
                                                Wire.user("input-1", "hello"))))),
                new TurnInput.Notified(
                        new ServerNotification.TurnCompleted(
                                THREAD, Wire.turn(FOREIGN, TurnStatus.COMPLETED))));
    }

    private static boolean isLast(TurnStep step) {
        return step instanceof TurnStep.End || step instanceof TurnStep.Rerun;
    }

    private static boolean asks(List<TurnStep> steps) {
        return steps.stream()
                .anyMatch(
                        step -> step instanceof TurnStep.Ask || step instanceof TurnStep.Reconnect);
    }

    /** Texts shown but neither completed nor retracted, and activities begun but not ended. */
    private static Set<String> hanging(List<TurnStep> steps) {
        Set<String> open = new HashSet<>();
        for (TurnStep step : steps) {
            if (step instanceof TurnStep.Emit(TurnEvent event)) {
                switch (event) {
                    case TurnEvent.TextDelta delta -> open.add(delta.item());
                    case TurnEvent.TextCompleted completed -> open.remove(completed.item());
                    case TurnEvent.TextRetracted retracted -> open.remove(retracted.item());
                    case TurnEvent.Activity activity -> {
                        if (activity.running()) {
                            open.add(activity.item());
                        } else {
                            open.remove(activity.item());
                        }
                    }
                    case TurnEvent.Started ignored -> {}
                    case TurnEvent.InputTaken ignored -> {}
                    case TurnEvent.StillWorking ignored -> {}
                    case TurnEvent.Counted ignored -> {}
                    case TurnEvent.Compacted ignored -> {}
                    case TurnEvent.Noted ignored -> {}
                    case TurnEvent.PeopleAsked ignored -> {}
                }
            }
        }
        return open;
    }

    private static List<InputKey> taken(List<TurnStep> steps) {
        return steps.stream()
                .filter(TurnStep.Emit.class::isInstance)
                .map(step -> ((TurnStep.Emit) step).event())
                .filter(TurnEvent.InputTaken.class::isInstance)
                .map(event -> ((TurnEvent.InputTaken) event).input())
                .toList();
    }
}
