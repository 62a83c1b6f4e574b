package dev.chela.channels.web;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Which links a message of ours may carry. */
final class Links {

    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto");
    private static final int CHARS_MAX = 2_000;

    private Links() {}

    static boolean isSafe(String destination) {
        if (destination.length() > CHARS_MAX) {
            return false;
        }
        try {
            String scheme = new URI(destination).getScheme();
            return scheme != null && SCHEMES.contains(scheme.toLowerCase(Locale.ROOT));
        } catch (java.net.URISyntaxException e) {
            // Spaces and the like; a browser might still follow it, so the start must be plain.
            return destination.matches("(?i)https?://[^\\p{Cntrl}]+");
        }
    }
}
