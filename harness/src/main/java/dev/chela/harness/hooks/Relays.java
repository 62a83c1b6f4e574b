package dev.chela.harness.hooks;

import dev.chela.harness.SessionKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The relays of sessions. A relay is named after its session, so a restart does not change it; its
 * generation is kept with the session's binding and changes when that is made anew. One that this
 * process does not know, or no longer, is looked for among the bindings before it is gone.
 */
final class Relays {

    private static final Duration TTL_MIN = Duration.ofMinutes(30);
    private static final Duration TTL_MORE = Duration.ofMinutes(5);
    private static final Duration RENEWED_EVERY = Duration.ofSeconds(60);

    /** How long a generation counts after the next one came. */
    private static final Duration GRACE = Duration.ofHours(1);

    private static final int ID_DIGITS = 32;
    private static final int GENERATION_BYTES = 8;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Supplier<Map<SessionKey, String>> bound;
    private final Map<String, Relay> relays = new ConcurrentHashMap<>();

    /**
     * @param bound the generations that bindings remember
     */
    Relays(InstantSource clock, Supplier<Map<SessionKey, String>> bound) {
        this.clock = clock;
        this.bound = bound;
    }

    private record Relay(
            SessionKey session,
            String generation,
            Optional<String> before,
            Instant changed,
            Duration ttl,
            Instant renewed) {

        boolean isGone(Instant now) {
            return !now.isBefore(renewed.plus(ttl));
        }

        boolean takes(String asked, Instant now) {
            return asked.equals(generation)
                    || (before.filter(asked::equals).isPresent()
                            && now.isBefore(changed.plus(GRACE)));
        }

        Relay renewed(Instant now) {
            return new Relay(session, generation, before, changed, ttl, now);
        }
    }

    /** How long a relay is kept without a sign of life. */
    static Duration ttl(Duration budgets) {
        Duration wanted = budgets.plus(TTL_MORE);
        return wanted.compareTo(TTL_MIN) > 0 ? wanted : TTL_MIN;
    }

    /** The name of a session's relay; the session's key names its agent. */
    static String id(SessionKey session) {
        return Sha256.of(session.value()).substring(0, ID_DIGITS);
    }

    /**
     * Makes the session's relay known, or renews it.
     *
     * @param remembered what its binding says
     * @return the generation that its commands name
     */
    String register(SessionKey session, Optional<String> remembered, Duration ttl) {
        Instant now = clock.instant();
        relays.values().removeIf(one -> one.isGone(now) && !one.session().equals(session));
        return relays.compute(id(session), (id, known) -> next(session, known, remembered, ttl))
                .generation();
    }

    private Relay next(
            SessionKey session, @Nullable Relay known, Optional<String> remembered, Duration ttl) {
        Instant now = clock.instant();
        if (known == null) {
            String generation = remembered.orElseGet(this::fresh);
            return new Relay(session, generation, Optional.empty(), now, ttl, now);
        }
        if (remembered.isEmpty() || remembered.get().equals(known.generation())) {
            return new Relay(
                    session, known.generation(), known.before(), known.changed(), ttl, now);
        }
        return new Relay(session, remembered.get(), Optional.of(known.generation()), now, ttl, now);
    }

    /** The session is bound no more: its next binding has another generation. */
    void leave(SessionKey session) {
        relays.computeIfPresent(
                id(session),
                (id, known) ->
                        new Relay(
                                session,
                                fresh(),
                                Optional.of(known.generation()),
                                clock.instant(),
                                known.ttl(),
                                known.renewed()));
    }

    private String fresh() {
        byte[] bytes = new byte[GENERATION_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whose relay that is; empty if it is gone. A sign of life renews it. */
    Optional<SessionKey> find(String id, String generation) {
        Instant now = clock.instant();
        Relay known = relays.get(id);
        if (known != null && !known.isGone(now) && known.takes(generation, now)) {
            if (!now.isBefore(known.renewed().plus(RENEWED_EVERY))) {
                relays.replace(id, known, known.renewed(now));
            }
            return Optional.of(known.session());
        }
        return bound.get().entrySet().stream()
                .filter(one -> id(one.getKey()).equals(id) && one.getValue().equals(generation))
                .map(Map.Entry::getKey)
                .findFirst()
                .map(
                        session -> {
                            register(session, Optional.of(generation), TTL_MIN);
                            return session;
                        });
    }
}
