package dev.chela.harness.codex;

import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.session.Binding;
import java.util.Optional;

/**
 * A thread that is loaded in a live server: a turn can be started on it once it is idle.
 *
 * @param idle whether no turn ran there when it was opened
 * @param interruptedBy why its last turn was interrupted, when no person asked for it
 * @param temporary whether only this turn uses it, beside the one the session is bound to
 * @param onceAccepted what the binding becomes when Codex has accepted a turn; empty if it stays
 */
record OpenThread(
        AppServer server,
        ThreadId id,
        boolean idle,
        Optional<String> interruptedBy,
        boolean temporary,
        Optional<Binding> onceAccepted) {

    static OpenThread idle(AppServer server, ThreadId id) {
        return new OpenThread(server, id, true, Optional.empty(), false, Optional.empty());
    }
}
