package dev.chela.harness.codex;

import dev.chela.config.state.Checkpoints;
import dev.chela.harness.Timers;

/** What every turn works with. */
record TurnServices(
        Threads threads, ServerRequests requests, Timers timers, Checkpoints checkpoints) {}
