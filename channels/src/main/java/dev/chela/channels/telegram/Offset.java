package dev.chela.channels.telegram;

import dev.chela.channels.Cursor;
import dev.chela.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The first update not yet stored.
 *
 * <p>The stored form names the bot and the time: another bot counts its updates differently, and
 * after a quiet week Telegram may begin anywhere, so an old offset could throw new messages away.
 *
 * @param next the update id to ask from, 0 for whatever is waiting
 * @param at when the last update came
 */
record Offset(int next, Instant at) {

    static final String SOURCE = "updates";

    private static final Duration MAX_AGE = Duration.ofDays(6);

    /** Reads what {@link #cursor} wrote; anything else is a fresh start. */
    static Offset of(Optional<Cursor> stored, Secret token) {
        String[] parts = stored.map(Cursor::position).orElse("").split(":", -1);
        if (parts.length != 3
                || !parts[0].equals(bot(token))
                || !parts[1].matches("\\d{1,9}")
                || !parts[2].matches("\\d{1,12}")) {
            return new Offset(0, Instant.EPOCH);
        }
        return new Offset(
                Integer.parseInt(parts[1]), Instant.ofEpochSecond(Long.parseLong(parts[2])));
    }

    /** What to ask Telegram for. */
    int asked(Instant now) {
        return at.plus(MAX_AGE).isBefore(now) ? 0 : next;
    }

    Cursor cursor(String account, Secret token) {
        String position = "%s:%d:%d".formatted(bot(token), next, at.getEpochSecond());
        return new Cursor(UpdateMapper.CHANNEL, account, SOURCE, position);
    }

    private static String bot(Secret token) {
        String value = token.reveal();
        int colon = value.indexOf(':');
        return colon < 0 ? "" : value.substring(0, colon);
    }
}
