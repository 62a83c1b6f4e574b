package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.THREAD;
import static dev.chela.harness.testing.Wire.TURN;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.ServerNotification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A turn's state machine, what it was told and what it wanted done. */
abstract class MachineBench {

    static final InputKey INPUT = new InputKey("input-1");
    static final TurnId FOREIGN = new TurnId("turn-of-another");

    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final TurnMachine machine = new TurnMachine(THREAD, INPUT, "hello", Watches.defaults(), now);
    final List<TurnStep> all = new ArrayList<>();

    List<TurnStep> accepted() {
        return feed(new TurnInput.Accepted(TURN));
    }

    void notified(ServerNotification notification) {
        feed(new TurnInput.Notified(notification));
    }

    List<TurnStep> tell(TurnFacts facts) {
        return feed(new TurnInput.Told(facts));
    }

    List<TurnStep> tellEarly(TurnFacts facts) {
        return feed(new TurnInput.Told(facts, true));
    }

    List<TurnStep> wake(Duration later) {
        now = now.plus(later);
        return feed(new TurnInput.Woken());
    }

    List<TurnStep> feed(TurnInput input) {
        List<TurnStep> steps = machine.accept(input, now);
        all.addAll(steps);
        return steps;
    }

    List<TurnEvent> events() {
        return all.stream()
                .filter(TurnStep.Emit.class::isInstance)
                .map(step -> ((TurnStep.Emit) step).event())
                .toList();
    }

    TurnOutcome outcome() {
        return all.stream()
                .filter(TurnStep.End.class::isInstance)
                .map(step -> ((TurnStep.End) step).outcome())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the turn did not end"));
    }

    TurnOutcome.Completed completed() {
        return (TurnOutcome.Completed) outcome();
    }
}
