package dev.chela.harness.codex;

import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.protocol.RateLimits;
import dev.chela.harness.appserver.protocol.RateLimitsRead;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when an account that is used up may go on. */
final class Allowance {

    private static final Logger LOG = LoggerFactory.getLogger(Allowance.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int USED_UP = 100;
    private static final DateTimeFormatter CALENDAR =
            DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private Allowance() {}

    /** Adds the next reset to a usage limit; anything else stays as it is. */
    static TurnOutcome explained(TurnOutcome outcome, AppServer server, Instant now) {
        if (!(outcome instanceof TurnOutcome.Failed failed)
                || failed.kind() != TurnOutcome.Failure.USAGE_LIMIT) {
            return outcome;
        }
        try {
            RateLimits limits = server.request(new RateLimitsRead(), PATIENCE).rateLimits();
            return reset(limits, now)
                    .<TurnOutcome>map(
                            at ->
                                    new TurnOutcome.Failed(
                                            failed.kind(), failed.notice() + " " + words(at, now)))
                    .orElse(outcome);
        } catch (AppServerException e) {
            LOG.debug("no reset time: cause={}", e.getMessage());
            return outcome;
        }
    }

    /** When the last of the windows that are used up begins anew. */
    static Optional<Instant> reset(RateLimits limits, Instant now) {
        return Stream.of(limits.primary(), limits.secondary())
                .filter(Objects::nonNull)
                .filter(window -> window.usedPercent() >= USED_UP)
                .map(RateLimits.Window::resetsAt)
                .filter(Objects::nonNull)
                .map(Instant::ofEpochSecond)
                .filter(now::isBefore)
                .max(Instant::compareTo);
    }

    private static String words(Instant at, Instant now) {
        Duration left = Duration.between(now, at);
        String in =
                left.toDays() > 1
                        ? left.toDays() + " days"
                        : left.toHours() > 1
                                ? left.toHours() + " hours"
                                : Math.max(1, left.toMinutes()) + " min";
        return "It resets in %s (%s).".formatted(in, CALENDAR.format(at));
    }
}
