package dev.chela.harness.codex;

import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.trajectory.Trail;
import java.util.Optional;

/** What serving a request has to know of the turn it came in. */
interface TurnHandle {

    TurnContext context();

    CodexSettings settings();

    ThreadId thread();

    /** Codex's name of the turn, once known. */
    Optional<TurnId> turn();

    /** What the turn's patches do. */
    Patches patches();

    /** The server told something of its thread. */
    void heard(ServerNotification notification);

    /** Where it is recorded. */
    Trail trail();

    /** Whether another client began it: our rules are not those it runs under. */
    boolean joined();

    /** Whether somebody stopped it. */
    boolean stopping();
}
