package dev.chela.harness.codex;

import java.time.Duration;

/**
 * How long a turn may be silent before Codex is asked about it (harness.md §5).
 *
 * @param completion after Codex was given something, and after an error it does not mend
 * @param postTool after a tool or command ended, and what it thinks of that: long silence is normal
 * @param thought after a thought or remark, before any tool
 * @param release after the final answer, when nothing is open any more
 * @param terminal at any other time
 * @param stop how long an interrupt may take
 * @param run the whole turn, however busy; if Codex says that it still runs then, it is interrupted
 */
public record Watches(
        Duration completion,
        Duration postTool,
        Duration thought,
        Duration release,
        Duration terminal,
        Duration stop,
        Duration run) {

    /** The most that a turn of a bound conversation may take (harness.md §5, row 13). */
    static final Duration BOUND_MAX = Duration.ofMinutes(20);

    /** The most that a side question may take, from its asking on (harness.md §5, row 14). */
    static final Duration SIDE_MAX = Duration.ofMinutes(10);

    /** The values of a config that says nothing. */
    public static Watches defaults() {
        return new Watches(
                Duration.ofSeconds(60),
                Duration.ofSeconds(300),
                Duration.ofSeconds(300),
                Duration.ofSeconds(10),
                Duration.ofMinutes(30),
                Duration.ofSeconds(5),
                Duration.ofDays(2));
    }

    /** As a bound conversation has them. */
    Watches ofBound() {
        return BOUND_MAX.compareTo(run) < 0
                ? new Watches(completion, postTool, thought, release, terminal, stop, BOUND_MAX)
                : this;
    }

    /** Which limit a turn ran into, for people. */
    String limit() {
        return run.equals(BOUND_MAX)
                ? "a bound conversation's turn may take 20 minutes"
                : "it ran longer than agents.defaults.timeoutSeconds allows";
    }

    /** The limit of one watch. */
    Duration of(Watch watch) {
        return switch (watch) {
            case COMPLETION -> completion;
            case POST_TOOL -> postTool;
            case THOUGHT -> thought;
            case RELEASE -> release;
            case TERMINAL -> terminal;
            case INTERRUPT -> stop;
            case RUN -> run;
        };
    }
}
