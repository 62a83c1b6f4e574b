package dev.chela.harness.codex;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests of a turn that people think about, and how long they took altogether. */
final class PeopleAsked {

    private final Set<String> open = new LinkedHashSet<>();
    private @Nullable Instant since;
    private Duration waited = Duration.ZERO;

    void asked(TurnInput.Asked asked, Instant now) {
        if (asked.person()) {
            open.add(asked.request());
            since = since == null ? now : since;
        }
    }

    void answered(String request, Instant now) {
        if (open.remove(request) && open.isEmpty()) {
            left(now);
        }
    }

    /** Nobody is asked any more: the connection is gone. */
    void left(Instant now) {
        open.clear();
        if (since != null) {
            waited = waited.plus(Duration.between(since, now));
            since = null;
        }
    }

    boolean isAsked() {
        return !open.isEmpty();
    }

    /** When a turn's run is over; without the wait that is going on. */
    Instant ends(Instant startedAt, Watches watches) {
        return startedAt.plus(watches.run()).plus(waited);
    }
}
