package dev.chela.harness.codex;

import dev.chela.config.QueueMode;
import dev.chela.config.state.Checkpoints;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Timers;
import java.util.function.Function;

/**
 * What every turn works with.
 *
 * @param queue what a session's messages do to a turn that runs on its thread already
 */
record TurnServices(
        Threads threads,
        Preconditions preconditions,
        ServerRequests requests,
        Timers timers,
        Checkpoints checkpoints,
        Function<SessionKey, QueueMode> queue) {}
