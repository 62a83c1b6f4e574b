package dev.chela.harness;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is stored of a turn of an earlier process.
 *
 * @param at written down before Codex was given anything: no turn that began earlier is this one
 * @param heard Codex's names for it, if it was heard to begin
 * @param steered what it was given later and is not known to have taken, in order
 * @param stopped why it was to be interrupted, if it was
 */
public record Beginning(
        Instant at,
        Optional<TurnEvent.Started> heard,
        List<Steered> steered,
        Optional<TurnOutcome.Cause> stopped) {

    public Beginning {
        steered = List.copyOf(steered);
    }

    /** Of which nothing more is known. */
    public Beginning(Instant at, Optional<TurnEvent.Started> heard) {
        this(at, heard, List.of(), Optional.empty());
    }

    /** Text that was given to a running turn. */
    public record Steered(InputKey input, String words) {}

    /** The same turn, which was given this, too. */
    public Beginning given(List<Steered> later) {
        return new Beginning(at, heard, later, stopped);
    }
}
