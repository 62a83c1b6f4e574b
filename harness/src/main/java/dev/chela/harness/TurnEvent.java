package dev.chela.harness;

import java.time.Duration;

/** What happens while a turn runs. */
public sealed interface TurnEvent {

    /** Codex accepted the turn. */
    record Started(ThreadId thread, TurnId turn) implements TurnEvent {}

    /** Codex took this input: only now is a steer certain. */
    record InputTaken(InputKey input) implements TurnEvent {}

    /** More text of an agent message; a preview until {@link TextCompleted}. */
    record TextDelta(String item, String text) implements TurnEvent {}

    /** The text shown for {@code item} is void (steer, interrupt, cut stream). */
    record TextRetracted(String item) implements TurnEvent {}

    /** A whole agent message; a later one replaces it as the answer. */
    record TextCompleted(String item, String text, boolean commentary) implements TurnEvent {}

    /** A tool, command, patch or search began or ended; {@code title} is bounded and redacted. */
    record Activity(String item, String title, boolean running) implements TurnEvent {}

    /** The turn begins to wait for people who decide or answer, or waits for nobody any more. */
    record PeopleAsked(boolean waiting) implements TurnEvent {}

    /**
     * Model calls were counted.
     *
     * @param input tokens given to the model since the last such event of the turn, cached ones
     *     included
     * @param context tokens in the model's window now
     * @param contextWindow size of that window; 0 while unknown
     */
    record Counted(long input, long cached, long output, long context, long contextWindow)
            implements TurnEvent {

        /** Both together; how full the window is says the later one. */
        public Counted plus(Counted later) {
            return new Counted(
                    input + later.input,
                    cached + later.cached,
                    output + later.output,
                    later.context,
                    later.contextWindow);
        }
    }

    /** Codex began to shorten the thread's history, or did it. */
    record Compacted(String item, boolean running) implements TurnEvent {}

    /**
     * For the transcript alone, shown to nobody.
     *
     * @param title what gave the result; empty for a thought or a plan
     * @param text bounded and redacted
     * @param failed whether the tool said so
     */
    record Noted(String item, Kind kind, String title, String text, boolean failed)
            implements TurnEvent {

        /** What is noted. */
        public enum Kind {
            TOOL_RESULT,
            REASONING,
            PLAN
        }
    }

    /** The turn was asked about and is still running. */
    record StillWorking(Duration elapsed, String lastActivity) implements TurnEvent {}
}
