package dev.chela.harness.kit;

import dev.chela.harness.AgentHarness;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Takes the reply of a steer for its confirmation, which is wrong. */
public final class TrustingHarness extends ChangedHarness {

    private final Map<TurnKey, Consumer<TurnEvent>> running = new ConcurrentHashMap<>();

    public TrustingHarness(AgentHarness inner) {
        super(inner);
    }

    @Override
    public TurnOutcome run(TurnRequest request, Consumer<TurnEvent> events) {
        running.put(request.turn().key(), events);
        return super.run(request, events);
    }

    @Override
    public SteerAnswer steer(TurnKey turn, InputKey input, Prompt prompt) {
        var answer = super.steer(turn, input, prompt);
        var events = running.get(turn);
        if (answer == SteerAnswer.PASSED_ON && events != null) {
            events.accept(new TurnEvent.InputTaken(input));
        }
        return answer;
    }
}
