package dev.chela.channels.inbox;

import dev.chela.channels.inbox.InboxTable.Handed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The first rows of a conversation that belong together: one row, or the words that one person sent
 * in quick succession. Pure.
 *
 * @param rows at least one
 * @param due when they may be handed over; the past if nothing more is waited for
 * @param quiet how long a pause ends them; zero if nothing more is waited for
 */
record Gathering(List<Handed> rows, Instant due, Duration quiet) {

    /** Somebody who never pauses is heard after so many quiet times. */
    private static final int QUIET_TIMES_MAX = 10;

    static Gathering of(List<Handed> waiting, InboxListener listener) {
        Handed first = waiting.getFirst();
        Duration quiet = quiet(first, listener);
        if (!quiet.isPositive()) {
            return atOnce(List.of(first));
        }
        int together = 1;
        while (together < waiting.size() && joins(first, waiting.get(together), listener)) {
            together++;
        }
        List<Handed> rows = List.copyOf(waiting.subList(0, together));
        if (together < waiting.size()) {
            return atOnce(rows);
        }
        Instant quietSince = rows.getLast().row().receivedAt();
        Instant patience = first.row().receivedAt().plus(quiet.multipliedBy(QUIET_TIMES_MAX));
        Instant due = quietSince.plus(quiet);
        return new Gathering(rows, due.isAfter(patience) ? patience : due, quiet);
    }

    /**
     * How long they still wait, at most {@link #quiet}; zero is not at all. A clock that was set
     * back far would otherwise hold them up until it has caught up.
     */
    Duration left(Instant now) {
        Duration left = Duration.between(now, due);
        if (!left.isPositive() || left.compareTo(quiet.multipliedBy(2)) > 0) {
            return Duration.ZERO;
        }
        return left.compareTo(quiet) > 0 ? quiet : left;
    }

    private static Gathering atOnce(List<Handed> rows) {
        return new Gathering(rows, Instant.MIN, Duration.ZERO);
    }

    List<Long> tickets() {
        return rows.stream().map(handed -> handed.row().seq()).toList();
    }

    private static boolean joins(Handed first, Handed next, InboxListener listener) {
        return first.row().event().sender().id().equals(next.row().event().sender().id())
                && first.row().standing().mayAsMuchAs(next.row().standing())
                && quiet(next, listener).isPositive();
    }

    private static Duration quiet(Handed handed, InboxListener listener) {
        return handed.pairingCode().isPresent() ? Duration.ZERO : listener.quiet(handed.row());
    }
}
