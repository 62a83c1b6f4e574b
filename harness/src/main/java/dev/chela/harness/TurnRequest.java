package dev.chela.harness;

import java.util.Optional;

/**
 * A turn to run.
 *
 * @param model the session's model override; empty takes the configured one
 * @param begun what an earlier process knew of it; empty for a new turn
 */
public record TurnRequest(
        TurnContext turn,
        InputKey input,
        Prompt prompt,
        Optional<String> model,
        Optional<Beginning> begun) {

    /** A new turn. */
    public TurnRequest(TurnContext turn, InputKey input, Prompt prompt, Optional<String> model) {
        this(turn, input, prompt, model, Optional.empty());
    }

    /** The same turn, begun by an earlier process. */
    public TurnRequest begun(Beginning beginning) {
        return new TurnRequest(turn, input, prompt, model, Optional.of(beginning));
    }
}
