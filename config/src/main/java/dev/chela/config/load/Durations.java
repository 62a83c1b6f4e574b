package dev.chela.config.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time: numbers in a unit, texts such as {@code 1h30m}. */
final class Durations {

    private static final Pattern PART = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d|w)\\s*");
    private static final Map<String, Duration> UNITS =
            Map.of(
                    "ms", Duration.ofMillis(1),
                    "s", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1),
                    "w", Duration.ofDays(7));

    private Durations() {}

    static Optional<Duration> parse(String text) {
        Matcher part = PART.matcher(text);
        Duration total = Duration.ZERO;
        int at = 0;
        while (at < text.length()) {
            if (!part.find(at) || part.start() != at) {
                return Optional.empty();
            }
            Duration unit = UNITS.getOrDefault(part.group(2), Duration.ZERO);
            total = total.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
            at = part.end();
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(total);
    }

    static Duration of(BigDecimal amount, ChronoUnit unit) {
        BigDecimal nanos = amount.multiply(BigDecimal.valueOf(unit.getDuration().toMillis()));
        return Duration.ofMillis(nanos.longValue());
    }
}
