package dev.chela.harness.session;

import dev.chela.config.SessionConfig;
import dev.chela.config.SessionConfig.ResetConfig;
import dev.chela.config.SessionConfig.ResetMode;
import dev.chela.harness.Renewal;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * When a session begins anew by itself (sessions-and-routing §8). Pure.
 *
 * <p>A conversation that was bound by hand is left by hand. The channel's rule wins over the kind
 * of chat's, that over the general one. Where none is written, sessions reset daily, except those
 * bound to a native thread: Codex shortens a long thread by itself, and nobody asked for it to be
 * left.
 *
 * @param zone whose days are counted
 */
public record ResetPolicy(
        ResetConfig general,
        SessionConfig.ResetByType byType,
        Map<String, ResetConfig> byChannel,
        ZoneId zone) {

    private static final Duration IDLE = Duration.ofMinutes(60);
    private static final int HOUR = 4;

    public ResetPolicy {
        byChannel = Map.copyOf(byChannel);
    }

    /** The policy that is written in {@code config}. */
    public static ResetPolicy of(SessionConfig config, ZoneId zone) {
        return new ResetPolicy(config.reset(), config.resetByType(), config.resetByChannel(), zone);
    }

    /**
     * Why a session is over when {@code source} speaks in it at {@code now}; empty while it goes
     * on. What reached its bound first is the reason. What nobody said ends no session.
     */
    Optional<Renewal.Reason> due(SessionState session, Source source, Instant now) {
        if (source.kind() == Source.Kind.INTERNAL || SessionKeys.isClaim(session.key())) {
            return Optional.empty();
        }
        Optional<ResetConfig> special = special(session.key(), source);
        ResetConfig rule = special.orElse(general);
        boolean implicit = special.isEmpty() && isUnwritten(general);
        if (implicit && session.bound()) {
            return Optional.empty();
        }
        ResetMode mode = rule.mode().orElse(ResetMode.DAILY);
        Optional<Instant> daily =
                mode == ResetMode.DAILY
                        ? Optional.of(nextDay(session.startedAt(), rule.atHour()))
                        : Optional.empty();
        Optional<Duration> pause =
                switch (mode) {
                    case OFF -> Optional.empty();
                    case DAILY -> rule.idleMinutes().map(Duration::ofMinutes);
                    case IDLE ->
                            Optional.of(rule.idleMinutes().map(Duration::ofMinutes).orElse(IDLE));
                };
        Optional<Instant> idle = pause.map(session.lastInteractionAt()::plus);
        boolean idleFirst =
                idle.isPresent() && daily.filter(at -> !idle.get().isBefore(at)).isEmpty();
        return (idleFirst ? idle : daily)
                .filter(at -> !at.isAfter(now))
                .map(at -> idleFirst ? Renewal.Reason.IDLE : Renewal.Reason.DAILY);
    }

    private Optional<ResetConfig> special(SessionKey key, Source source) {
        return Optional.ofNullable(byChannel.get(source.channel())).or(() -> ofKind(key, source));
    }

    private Optional<ResetConfig> ofKind(SessionKey key, Source source) {
        if (SessionKeys.isThread(key)) {
            return byType.thread();
        }
        return source.kind() == Source.Kind.DIRECT ? byType.direct() : byType.group();
    }

    private static boolean isUnwritten(ResetConfig rule) {
        return rule.mode().isEmpty() && rule.idleMinutes().isEmpty() && rule.atHour() == HOUR;
    }

    /**
     * The first {@code hour} o'clock after {@code start}. Where the clock skips that hour it is the
     * hour that the clock skips to; where the clock shows it twice, the first time.
     */
    private Instant nextDay(Instant start, int hour) {
        LocalDate day = start.atZone(zone).toLocalDate();
        Instant at = at(day, hour);
        return at.isAfter(start) ? at : at(day.plusDays(1), hour);
    }

    private Instant at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0)).atZone(zone).toInstant();
    }
}
