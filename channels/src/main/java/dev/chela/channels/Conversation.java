package dev.chela.channels;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The place a message was said in and an answer goes to: channel, bot account, peer and, inside a
 * peer, a thread or topic.
 *
 * @param channel the adapter's id, {@code telegram}
 * @param account which of our accounts on that channel, {@code default}
 * @param peer the platform's id of the chat, room or person
 * @param thread the thread or topic inside the peer
 */
public record Conversation(
        String channel, String account, ChatKind kind, String peer, Optional<String> thread) {

    /** The opaque form that other modules store and hand back; {@link #parse} reads it. */
    public String token() {
        String base =
                String.join(
                        ":",
                        escape(channel),
                        escape(account),
                        kind.name().toLowerCase(java.util.Locale.ROOT),
                        escape(peer));
        return thread.map(id -> base + ":" + escape(id)).orElse(base);
    }

    /**
     * Reads a token.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Conversation parse(String token) {
        String[] parts = token.split(":", -1);
        if (parts.length < 4 || parts.length > 5) {
            throw new IllegalArgumentException(
                    "conversation token has %d parts, expected 4 or 5".formatted(parts.length));
        }
        return new Conversation(
                unescape(parts[0]),
                unescape(parts[1]),
                ChatKind.valueOf(parts[2].toUpperCase(java.util.Locale.ROOT)),
                unescape(parts[3]),
                parts.length == 5 ? Optional.of(unescape(parts[4])) : Optional.empty());
    }

    /** The same peer without its thread. */
    public Conversation root() {
        return new Conversation(channel, account, kind, peer, Optional.empty());
    }

    private static String escape(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    private static String unescape(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}
