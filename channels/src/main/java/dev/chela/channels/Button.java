package dev.chela.channels;

/**
 * A button under a message.
 *
 * @param data comes back in {@link ButtonPress#data()}; at most 64 bytes of ASCII (Telegram's
 *     bound). The word before the first colon says who understands it: {@code approval:}, {@code
 *     answer:}, {@code resend:}, {@code command:}
 */
public record Button(String label, String data, Style style) {

    /** How a button looks where the platform can show it. */
    public enum Style {
        PRIMARY,
        SECONDARY,
        DANGER
    }
}
