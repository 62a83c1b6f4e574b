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
    private Last last = Last.REPLIED;
    private int doublings;

    QuietWatch(Watches watches, Instant now) {
        this.watches = watches;
        this.since = now;
    }

    /** What was seen last, as far as it matters for patience. */
    enum Last {
        /** The turn was accepted, or a question of the server answered. */
        REPLIED,
        /** A tool, command, thought or remark ended: the model may think long now. */
        WORKED,
        /** The final answer is there. */
        ANSWERED,
        /** Anything else: it is at work. */
        MOVED
    }

    void seen(Last what, Instant now) {
        last = what;
        since = now;
        doublings = 0;
    }

    /** Something moved that says nothing about what comes next. */
    void touched(Instant now) {
        since = now;
        doublings = 0;
    }

    void stillWorking(Instant now) {
        since = now;
        doublings++;
    }

    boolean answered() {
        return last == Last.ANSWERED;
    }

    /**
     * @param busy whether an item, a request or a hook is open: then only the terminal watch counts
     */
    Instant due(boolean busy) {
        Duration limit = busy ? watches.terminal() : limit();
        for (int i = 0; i < doublings && limit.compareTo(watches.terminal()) < 0; i++) {
            limit = limit.multipliedBy(2);
        }
        return since.plus(limit.compareTo(watches.terminal()) > 0 ? watches.terminal() : limit);
    }

    private Duration limit() {
        return switch (last) {
            case REPLIED -> watches.completion();
            case WORKED -> watches.postTool();
            case ANSWERED -> watches.release();
            case MOVED -> watches.terminal();
        };
    }
}
