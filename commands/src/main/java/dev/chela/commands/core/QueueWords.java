package dev.chela.commands.core;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.harness.session.QueueOverride;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of {@code /queue}, read.
 *
 * @param reset whether what was stored goes first
 * @param override what they set; present and empty for {@code default}
 * @param problem what is wrong with them and what is accepted
 */
record QueueWords(boolean reset, Optional<QueueOverride> override, Optional<String> problem) {

    /** As in the config: a message that waits for quiet must not wait for ever. */
    private static final Duration DEBOUNCE_MAX = Duration.ofMinutes(10);

    private static final int CAP_MAX = 10_000;

    private static final Pattern OPTION =
            Pattern.compile("(debounce|cap|drop)[:=](\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");

    static QueueWords parse(String arguments) {
        QueueOverride result = QueueOverride.none();
        boolean reset = false;
        boolean first = true;
        for (String word : arguments.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
            reset |= first && isReset(word);
            Optional<QueueOverride> next =
                    first && reset ? Optional.of(result) : with(result, word);
            if (next.isEmpty()) {
                return new QueueWords(
                        false,
                        Optional.empty(),
                        Optional.of(
                                ("`/queue` does not know `%s`. Modes: steer, followup, collect,"
                                                + " interrupt, default. Options:"
                                                + " debounce:<500ms|2s, at most 10m>,"
                                                + " cap:<1 to 10000>, drop:<old|new|summarize>."
                                                + " Nothing was changed.")
                                        .formatted(word.replace('`', '\''))));
            }
            result = next.get();
            first = false;
        }
        return new QueueWords(reset, Optional.of(result), Optional.empty());
    }

    /** Whether a word that follows {@code /queue} in prose is one of its own. */
    static boolean belongs(String word, boolean first) {
        String lower = word.toLowerCase(Locale.ROOT);
        return OPTION.matcher(lower).matches()
                || (first && (isReset(lower) || mode(lower).isPresent()));
    }

    private static Optional<QueueOverride> with(QueueOverride so, String word) {
        Optional<QueueMode> mode = mode(word);
        if (mode.isPresent()) {
            return so.mode().isPresent()
                    ? Optional.empty()
                    : Optional.of(new QueueOverride(mode, so.debounce(), so.cap(), so.drop()));
        }
        Matcher option = OPTION.matcher(word);
        if (!option.matches()) {
            return Optional.empty();
        }
        String value = option.group(2);
        return switch (option.group(1)) {
            case "debounce" ->
                    duration(value)
                            .map(
                                    time ->
                                            new QueueOverride(
                                                    so.mode(),
                                                    Optional.of(time),
                                                    so.cap(),
                                                    so.drop()));
            case "cap" ->
                    positive(value)
                            .map(
                                    cap ->
                                            new QueueOverride(
                                                    so.mode(),
                                                    so.debounce(),
                                                    Optional.of(cap),
                                                    so.drop()));
            default ->
                    drop(value)
                            .map(
                                    drop ->
                                            new QueueOverride(
                                                    so.mode(),
                                                    so.debounce(),
                                                    so.cap(),
                                                    Optional.of(drop)));
        };
    }

    private static boolean isReset(String word) {
        return word.equals("default") || word.equals("reset") || word.equals("clear");
    }

    private static Optional<QueueMode> mode(String word) {
        return switch (word) {
            case "steer", "steering" -> Optional.of(QueueMode.STEER);
            case "followup", "follow-ups", "followups" -> Optional.of(QueueMode.FOLLOWUP);
            case "collect", "coalesce" -> Optional.of(QueueMode.COLLECT);
            case "interrupt", "interrupts", "abort" -> Optional.of(QueueMode.INTERRUPT);
            default -> Optional.empty();
        };
    }

    private static Optional<QueueConfig.Drop> drop(String word) {
        return switch (word) {
            case "old", "oldest" -> Optional.of(QueueConfig.Drop.OLD);
            case "new", "newest" -> Optional.of(QueueConfig.Drop.NEW);
            case "summarize", "summary" -> Optional.of(QueueConfig.Drop.SUMMARIZE);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> positive(String value) {
        return value.matches("[1-9]\\d{0,5}")
                ? Optional.of(Integer.parseInt(value)).filter(cap -> cap <= CAP_MAX)
                : Optional.empty();
    }

    private static Optional<Duration> duration(String value) {
        Matcher parts = DURATION.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(parts.group(1));
        String unit = parts.group(2) == null ? "ms" : parts.group(2);
        Duration time =
                switch (unit) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    case "d" -> Duration.ofDays(amount);
                    default -> Duration.ofMillis(amount);
                };
        return Optional.of(time).filter(bounded -> bounded.compareTo(DEBOUNCE_MAX) <= 0);
    }
}
