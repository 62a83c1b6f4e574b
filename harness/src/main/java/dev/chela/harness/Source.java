package dev.chela.harness;

/**
 * How the harness knows a conversation: an opaque token plus the facts it decides on. Stored with
 * sessions and turns; only {@code commands} and {@code bot} turn the token into a place.
 *
 * @param channel the channel's name, {@code telegram}; {@code web} for the local page
 * @param askerId the platform's id of who asks
 * @param askerName what people see; foreign text
 * @param owner whether who asks is an owner
 */
public record Source(
        String token, Kind kind, String channel, String askerId, String askerName, boolean owner) {

    /** What kind of place it is. */
    public enum Kind {
        DIRECT,
        GROUP,
        CHANNEL,
        INTERNAL
    }
}
