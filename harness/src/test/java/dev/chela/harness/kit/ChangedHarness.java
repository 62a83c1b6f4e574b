package dev.chela.harness.kit;

import dev.chela.harness.AgentHarness;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.SessionKey;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import java.util.function.Consumer;

/** Another harness, but for what a test changes. */
public abstract class ChangedHarness implements AgentHarness {

    private final AgentHarness inner;

    protected ChangedHarness(AgentHarness inner) {
        this.inner = inner;
    }

    @Override
    public TurnOutcome run(TurnRequest request, Consumer<TurnEvent> events) {
        return inner.run(request, events);
    }

    @Override
    public TurnOutcome recover(TurnRequest request, Consumer<TurnEvent> events) {
        return inner.recover(request, events);
    }

    @Override
    public SteerAnswer steer(TurnKey turn, InputKey input, Prompt prompt) {
        return inner.steer(turn, input, prompt);
    }

    @Override
    public void interrupt(TurnKey turn, TurnOutcome.Cause cause) {
        inner.interrupt(turn, cause);
    }

    @Override
    public void forget(SessionKey session) {
        inner.forget(session);
    }
}
