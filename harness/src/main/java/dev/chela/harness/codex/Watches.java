package dev.chela.harness.codex;

import java.time.Duration;

/**
 * How long a turn may be silent before Codex is asked about it.
 *
 * @param completion after the turn was accepted or a request of the server was answered
 * @param postTool after a tool or command ended, and after reasoning: long silence is normal
 * @param release after the final answer, when nothing is open any more
 * @param terminal at any other time
 * @param stop how long an interrupt may take
 * @param run the whole turn, however busy; then it is interrupted
 */
public record Watches(
        Duration completion,
        Duration postTool,
        Duration release,
        Duration terminal,
        Duration stop,
        Duration run) {

    /** The values of a config that says nothing. */
    public static Watches defaults() {
        return new Watches(
                Duration.ofSeconds(60),
                Duration.ofSeconds(300),
                Duration.ofSeconds(10),
                Duration.ofMinutes(30),
                Duration.ofSeconds(5),
                Duration.ofHours(48));
    }
}
