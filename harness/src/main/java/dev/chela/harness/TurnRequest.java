package dev.chela.harness;

import java.util.Optional;

/**
 * A turn to run.
 *
 * @param model the session's model override; empty takes the configured one
 */
public record TurnRequest(
        TurnContext turn, InputKey input, Prompt prompt, Optional<String> model) {}
