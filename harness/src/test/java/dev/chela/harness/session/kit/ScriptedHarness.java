package dev.chela.harness.session.kit;

import dev.chela.harness.AgentHarness;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.SessionKey;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A harness whose turns a test drives: each {@link #run} waits for the test to say what happens.
 * Turns report themselves started at once unless {@link #startSilently} was called.
 */
public final class ScriptedHarness implements AgentHarness {

    private static final long WAIT_SECONDS = 10;

    private final BlockingQueue<ScriptedTurn> begun = new LinkedBlockingQueue<>();
    private final List<ScriptedTurn> all = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<SessionKey> forgotten = new CopyOnWriteArrayList<>();
    private volatile SteerAnswer answer = SteerAnswer.PASSED_ON;
    private volatile boolean silent;
    private volatile boolean endInterrupted = true;

    /** From now on steers get this answer. */
    public void answerSteers(SteerAnswer newAnswer) {
        answer = newAnswer;
    }

    /** Turns no longer report themselves started. */
    public void startSilently() {
        silent = true;
    }

    /** Interrupted turns go on until the test ends them. */
    public void ignoreInterrupts() {
        endInterrupted = false;
    }

    /** The next turn that began and that no test took yet. */
    public ScriptedTurn awaitTurn() throws InterruptedException {
        ScriptedTurn turn = begun.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (turn == null) {
            throw new AssertionError("no turn began within %d s".formatted(WAIT_SECONDS));
        }
        return turn;
    }

    /** Every turn that was run or recovered so far. */
    public List<ScriptedTurn> turns() {
        return List.copyOf(all);
    }

    public List<SessionKey> forgotten() {
        return List.copyOf(forgotten);
    }

    @Override
    public TurnOutcome run(TurnRequest request, Consumer<TurnEvent> events) {
        return play(new ScriptedTurn(request, false), events);
    }

    @Override
    public TurnOutcome recover(TurnRequest request, Consumer<TurnEvent> events) {
        return play(new ScriptedTurn(request, true), events);
    }

    private TurnOutcome play(ScriptedTurn turn, Consumer<TurnEvent> events) {
        all.add(turn);
        if (!silent) {
            events.accept(turn.startedEvent());
        }
        begun.add(turn);
        return turn.play(events);
    }

    @Override
    public SteerAnswer steer(TurnKey turn, InputKey input, Prompt prompt) {
        SteerAnswer given = answer;
        for (ScriptedTurn one : all) {
            if (one.isOpen(turn)) {
                one.steered(new ScriptedTurn.Steer(input, prompt));
                return given;
            }
        }
        return SteerAnswer.NOT_STEERABLE;
    }

    @Override
    public void interrupt(TurnKey turn, TurnOutcome.Cause cause) {
        all.stream()
                .filter(one -> one.isOpen(turn))
                .forEach(one -> one.interrupted(cause, endInterrupted));
    }

    @Override
    public void ask(TurnKey turn, String why) {
        asked.add(why);
    }

    /** Why Codex was to be asked, each time. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void forget(SessionKey session) {
        forgotten.add(session);
    }
}
