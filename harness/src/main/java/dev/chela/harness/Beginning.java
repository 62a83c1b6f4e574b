package dev.chela.harness;

import java.time.Instant;
import java.util.Optional;

/**
 * What is stored of how a turn of an earlier process began.
 *
 * @param at written down before Codex was given anything: no turn that began earlier is this one
 * @param heard Codex's names for it, if it was heard to begin
 */
public record Beginning(Instant at, Optional<TurnEvent.Started> heard) {}
