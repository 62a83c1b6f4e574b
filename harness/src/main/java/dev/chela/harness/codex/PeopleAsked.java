package dev.chela.harness.codex;

import dev.chela.harness.TurnEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests of a turn that people think about, and how long they took altogether. */
final class PeopleAsked {

    private final Set<String> open = new LinkedHashSet<>();
    private @Nullable Instant since;
    private Duration waited = Duration.ZERO;

    /** The event, if the turn begins to wait with this request. */
    Optional<TurnEvent> asked(TurnInput.Asked asked, Instant now) {
        if (!asked.person()) {
            return Optional.empty();
        }
        open.add(asked.request());
        if (since != null) {
            return Optional.empty();
        }
        since = now;
        return Optional.of(new TurnEvent.PeopleAsked(true));
    }

    /** The event, if this was the last that the turn waited for. */
    Optional<TurnEvent> answered(String request, Instant now) {
        return open.remove(request) && open.isEmpty() ? left(now) : Optional.empty();
    }

    /** Nobody is asked any more: the connection is gone. */
    Optional<TurnEvent> left(Instant now) {
        open.clear();
        if (since == null) {
            return Optional.empty();
        }
        waited = waited.plus(Duration.between(since, now));
        since = null;
        return Optional.of(new TurnEvent.PeopleAsked(false));
    }

    boolean isAsked() {
        return !open.isEmpty();
    }

    /** When a turn's run is over; without the wait that is going on. */
    Instant ends(Instant startedAt, Watches watches) {
        return startedAt.plus(watches.run()).plus(waited);
    }
}
