package dev.chela.config;

import java.net.URI;
import java.util.regex.Pattern;

/** Which addresses never leave this machine. */
public final class Loopback {

    private static final Pattern NAMES =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    /** Whether the host of {@code url} is this machine by its very name; nothing is looked up. */
    public static boolean names(URI url) {
        return url.getHost() != null && NAMES.matcher(url.getHost()).matches();
    }
}
