package dev.chela.harness.codex;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;

/** What the state machine of a turn wants done, in order. */
sealed interface TurnStep {

    /** Tell it on. */
    record Emit(TurnEvent event) implements TurnStep {}

    /**
     * Ask Codex what became of the turn, and report back.
     *
     * @param why for the log: the watch that ran out and the state of the turn, never content
     */
    record Ask(String why) implements TurnStep {}

    /** Connect anew, resume the thread, then ask. */
    record Reconnect() implements TurnStep {}

    /** Interrupt the turn and end its commands; best effort. */
    record Interrupt() implements TurnStep {}

    /** Codex never took the input: begin again. */
    record Rerun() implements TurnStep {}

    /**
     * It is over.
     *
     * @param threadIdle whether Codex is known to have finished with the thread
     */
    record End(TurnOutcome outcome, boolean threadIdle) implements TurnStep {}
}
