package dev.chela.harness.codex;

import dev.chela.config.state.Checkpoints;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.protocol.BackgroundTerminalsClean;
import dev.chela.harness.appserver.protocol.TurnInterrupt;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Really stops a turn: an interrupt alone leaves its commands running. */
final class Interrupts {

    private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);

    private static final String MAY_RUN =
            "Codex did not confirm that the commands of this turn were ended, so some may still"
                    + " run. `chela gateway stop --all` on the bot's machine ends them together"
                    + " with Codex.";
    private static final String DID_NOT_END = "the turn did not end by itself";

    private Interrupts() {}

    /**
     * Best effort; what fails is logged. The turn's end comes as a notification.
     *
     * @param refused told at once when Codex knows of no such turn
     * @return whether Codex says that no command of the thread runs any more
     */
    static boolean send(
            OpenThread thread,
            TurnId turn,
            Watches watches,
            Checkpoints checkpoints,
            Runnable refused) {
        checkpoints.before("codex.interrupt");
        try {
            thread.server().request(new TurnInterrupt(thread.id(), turn), watches.stop());
        } catch (AppServerException e) {
            LOG.warn("interrupt without effect: thread={} cause={}", thread.id(), e.getMessage());
            if (e instanceof RpcFailedException answer
                    && answer.refusal() == RpcRefusal.NO_ACTIVE_TURN) {
                refused.run();
            }
        }
        checkpoints.after("codex.interrupt");
        try {
            thread.server().request(new BackgroundTerminalsClean(thread.id()), watches.stop());
            return true;
        } catch (AppServerException e) {
            LOG.warn("commands may still run: thread={} cause={}", thread.id(), e.getMessage());
            return false;
        }
    }

    /** The outcome of a turn whose commands may still run, so that people read of it. */
    static TurnOutcome withRunningCommands(TurnOutcome outcome) {
        return switch (outcome) {
            case TurnOutcome.Completed completed -> completed.withNotice(MAY_RUN);
            case TurnOutcome.Interrupted(TurnOutcome.Cause cause, var partial, var _) ->
                    new TurnOutcome.Interrupted(cause, partial, Optional.of(MAY_RUN));
            case TurnOutcome.Failed(TurnOutcome.Failure kind, String notice) ->
                    new TurnOutcome.Failed(kind, notice + " " + MAY_RUN);
            case TurnOutcome.Uncertain(TurnOutcome.Cause cause, String notice) ->
                    new TurnOutcome.Uncertain(cause, notice + " " + MAY_RUN);
        };
    }

    /** What the next turn has to be told, since Codex tells the model that the user did it. */
    static Optional<String> toldNext(TurnOutcome outcome) {
        if (outcome instanceof TurnOutcome.Interrupted(var cause, var _, var _)) {
            return switch (cause) {
                case USER_STOP, NEW_SESSION, EXTERNAL, PROCESS_EXIT -> Optional.empty();
                case NEWER_MESSAGE -> Optional.of("a newer message came");
                case WATCHDOG -> Optional.of(DID_NOT_END);
                case SHUTDOWN -> Optional.of("Chela was shut down");
            };
        }
        return Optional.of(DID_NOT_END);
    }
}
