package dev.chela.harness.codex;

import dev.chela.config.state.Checkpoints;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.protocol.BackgroundTerminalsClean;
import dev.chela.harness.appserver.protocol.TurnInterrupt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Really stops a turn: an interrupt alone leaves its commands running. */
final class Interrupts {

    private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);

    private Interrupts() {}

    /** Best effort; what fails is logged. The turn's end comes as a notification. */
    static void send(OpenThread thread, TurnId turn, Watches watches, Checkpoints checkpoints) {
        checkpoints.before("codex.interrupt");
        try {
            thread.server().request(new TurnInterrupt(thread.id(), turn), watches.stop());
        } catch (AppServerException e) {
            LOG.warn("interrupt unanswered: thread={} cause={}", thread.id(), e.getMessage());
        }
        checkpoints.after("codex.interrupt");
        try {
            thread.server().request(new BackgroundTerminalsClean(thread.id()), watches.stop());
        } catch (AppServerException e) {
            LOG.warn("commands may still run: thread={} cause={}", thread.id(), e.getMessage());
        }
    }
}
