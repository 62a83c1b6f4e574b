package dev.chela.harness.appserver;

import java.time.Instant;
import java.util.Optional;

/**
 * How one agent's app-server is.
 *
 * @param state what it is doing
 * @param starts how often it was started since Chela runs
 * @param lastProblem why it ended or did not start last time; foreign text inside, bounded
 * @param faults what went wrong on the running connection without ending it
 */
public record AppServerHealth(
        String agentId,
        State state,
        Optional<ServerVersion> version,
        Optional<Long> pid,
        Optional<Long> residentBytes,
        Optional<Long> activeTurns,
        int starts,
        Optional<Instant> since,
        Optional<String> lastProblem,
        Optional<Faults> faults) {

    /**
     * Counts since the connection began.
     *
     * @param malformed messages that could not be read
     * @param oversized messages beyond the bound, skipped
     * @param late answers nobody waited for any more
     * @param overloads refusals because the server had too much to do
     */
    public record Faults(long malformed, long oversized, long late, long overloads) {}

    /** The states. */
    public enum State {
        RUNNING,
        /** Connected, but it does not answer its health probe. */
        SILENT,
        STARTING,
        DOWN
    }
}
