package dev.chela.harness.codex;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the turn may stay silent from here on. What was last seen decides; each time Codex says
 * that it still works, patience doubles, up to the terminal watch.
 */
final class QuietWatch {

    private final Watches watches;
    private Instant since;
    private Last last = Last.GIVEN;
    private boolean usedTools;
    private int doublings;

    QuietWatch(Watches watches, Instant now) {
        this.watches = watches;
        this.since = now;
    }

    /** What was seen last, as far as it matters for patience. */
    enum Last {
        /** Codex was given something: the turn, or the answer to a question. */
        GIVEN,
        /** A tool, command or patch ended or moved: the model may think long now. */
        WORKED,
        /** A thought or remark ended. */
        THOUGHT,
        /** The final answer is there. */
        ANSWERED,
        /** An error that Codex does not mend: the end must follow, whatever else comes. */
        FAILED,
        /** Anything else: it is at work. */
        MOVED
    }

    /** Which watch runs, and when it runs out. */
    record Armed(Watch watch, Instant due) {}

    void seen(Last what, Instant now) {
        if (last != Last.FAILED) {
            last = what;
            usedTools |= what == Last.WORKED;
            touched(now);
        }
    }

    /** Something moved that says nothing about what comes next. */
    void touched(Instant now) {
        if (last != Last.FAILED) {
            since = now;
            doublings = 0;
        }
    }

    void stillWorking(Instant now) {
        since = now;
        doublings++;
    }

    boolean answered() {
        return last == Last.ANSWERED;
    }

    Duration silent(Instant now) {
        return Duration.between(since, now);
    }

    /**
     * @param busy whether an item, a request or a hook is open: then only the terminal watch counts
     */
    Armed armed(boolean busy) {
        Watch watch = busy && last != Last.FAILED ? Watch.TERMINAL : watch();
        Duration limit = watches.of(watch);
        for (int i = 0; i < doublings && limit.compareTo(watches.terminal()) < 0; i++) {
            limit = limit.multipliedBy(2);
        }
        boolean capped = doublings > 0 && limit.compareTo(watches.terminal()) > 0;
        return new Armed(watch, since.plus(capped ? watches.terminal() : limit));
    }

    private Watch watch() {
        return switch (last) {
            case GIVEN, FAILED -> Watch.COMPLETION;
            case WORKED -> Watch.POST_TOOL;
            case THOUGHT -> usedTools ? Watch.POST_TOOL : Watch.THOUGHT;
            case ANSWERED -> Watch.RELEASE;
            case MOVED -> Watch.TERMINAL;
        };
    }
}
