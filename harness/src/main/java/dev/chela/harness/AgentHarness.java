package dev.chela.harness;

import java.util.function.Consumer;

/**
 * Who runs turns. One implementation talks to the Codex app-server; tests have a scripted one. The
 * caller guarantees one running turn a session.
 */
public interface AgentHarness {

    /**
     * Runs a turn to its end and never throws for what the agent or its server did. The turn's row
     * is stored before this is called.
     *
     * @param events called in order on one thread; must return quickly
     */
    TurnOutcome run(TurnRequest request, Consumer<TurnEvent> events);

    /**
     * Finds out what became of a turn that an earlier process began, waits for it if it is still
     * running, and gives its outcome. Runs it anew only if Codex provably never took {@code
     * request.input()}; {@code request.begun()} helps to find it where Codex keeps no client ids.
     * Before it returns it reports {@link TurnEvent.InputTaken} for every input that the turn took,
     * earlier ones again: what is not reported is given to the next turn.
     */
    TurnOutcome recover(TurnRequest request, Consumer<TurnEvent> events);

    /**
     * Injects text into the running turn. Called after it reported {@link TurnEvent.Started}, one
     * input at a time. The answer proves nothing; only {@link TurnEvent.InputTaken} does.
     */
    SteerAnswer steer(TurnKey turn, InputKey input, Prompt prompt);

    /**
     * Interrupts the running turn and ends its commands; returns at once, {@link #run} returns soon
     * after. No such turn: nothing happens.
     */
    void interrupt(TurnKey turn, TurnOutcome.Cause cause);

    /**
     * Asks the agent's server about the running turn, as if one of the turn's own watches had run
     * out, and acts on the answer; returns at once. No such turn, or a person is being asked:
     * nothing happens.
     *
     * @param why for the log
     */
    default void ask(TurnKey turn, String why) {}

    /** Drops what binds the session to a native thread; the thread itself is kept. */
    void forget(SessionKey session);
}
