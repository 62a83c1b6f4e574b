package dev.chela.harness.codex;

import dev.chela.harness.SessionKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.computeruse.ComputerUse;
import dev.chela.harness.computeruse.Readiness;
import dev.chela.harness.computeruse.Wish;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the config wants of Codex before a turn may begin: Computer Use (harness §4 step 2, §16).
 */
final class Preconditions {

    private static final Logger LOG = LoggerFactory.getLogger(Preconditions.class);

    private final Threads threads;
    private final ComputerUse computerUse;

    Preconditions(Threads threads, ComputerUse computerUse) {
        this.threads = threads;
        this.computerUse = computerUse;
    }

    /**
     * How the turn ends before its thread is opened; empty if it may begin. Without a wish nothing
     * is asked.
     *
     * @param stopped why somebody ended the turn, once somebody did
     * @throws dev.chela.harness.appserver.AppServerException if the server cannot be had
     */
    Optional<TurnOutcome> unmet(TurnHandle turn, CompletableFuture<TurnOutcome.Cause> stopped) {
        Wish wish = turn.settings().computerUse();
        if (!wish.enabled()) {
            return Optional.empty();
        }
        SessionKey session = turn.context().session();
        AppServer server = threads.server(session);
        Optional<Readiness> seen =
                turn.trail()
                        .watching(
                                () ->
                                        computerUse.check(
                                                server,
                                                wish,
                                                threads.warm(session, server),
                                                stopped));
        if (seen.isEmpty()) {
            return Optional.of(
                    new TurnOutcome.Interrupted(
                            stopped.getNow(TurnOutcome.Cause.SHUTDOWN), Optional.empty()));
        }
        return seen.filter(found -> !found.isReady()).map(found -> failed(turn, found));
    }

    private static TurnOutcome failed(TurnHandle turn, Readiness found) {
        LOG.warn(
                "turn not started: turn={} computer_use={}",
                turn.context().key(),
                found.reason().code());
        return new TurnOutcome.Failed(
                TurnOutcome.Failure.COMPUTER_USE,
                "Nothing was sent to Codex: Computer Use is asked for and not ready (`%s`). %s"
                                .formatted(found.reason().code(), found.message())
                        + " Then send this again.");
    }
}
