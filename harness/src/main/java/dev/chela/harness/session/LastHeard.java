package dev.chela.harness.session;

import dev.chela.harness.SessionKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When each running turn was last heard of. */
final class LastHeard {

    private final InstantSource clock;
    private final Map<SessionKey, Instant> times = new ConcurrentHashMap<>();

    LastHeard(InstantSource clock) {
        this.clock = clock;
    }

    void now(SessionKey session) {
        times.put(session, clock.instant());
    }

    /** Its turn is over. */
    void forget(SessionKey session) {
        times.remove(session);
    }

    /** Empty if no turn runs in it. */
    Optional<Instant> of(SessionKey session) {
        return Optional.ofNullable(times.get(session));
    }
}
