package dev.chela.harness.appserver;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A stable version of the app-server, {@code 0.169.0}. */
public record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {

    /** The oldest that Chela talks to. */
    public static final ServerVersion FLOOR = new ServerVersion(0, 125, 0);

    private static final Pattern STABLE = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
    private static final Pattern USER_AGENT = Pattern.compile("[^/]*/(\\S+).*", Pattern.DOTALL);
    private static final Comparator<ServerVersion> ORDER =
            Comparator.comparingInt(ServerVersion::major)
                    .thenComparingInt(ServerVersion::minor)
                    .thenComparingInt(ServerVersion::patch);

    /**
     * Reads a stable version.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ServerVersion parse(String text) {
        Matcher matcher = STABLE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "version %s is not of the form 1.2.3".formatted(text));
        }
        return new ServerVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /**
     * Reads and checks the version in the user agent that a server introduces itself with: the
     * token after the first slash; what stands before it is our own name.
     *
     * @throws ProtocolViolationException if there is none, or Chela does not talk to it
     */
    static ServerVersion accepted(@Nullable String userAgent) {
        Matcher matcher = USER_AGENT.matcher(userAgent == null ? "" : userAgent);
        if (!matcher.matches()) {
            throw refused("does not tell its version");
        }
        String token = matcher.group(1);
        if (!STABLE.matcher(token).matches()) {
            String bounded = token.length() > 60 ? token.substring(0, 60) + "…" : token;
            throw refused("has version %s, which is no stable release".formatted(bounded));
        }
        ServerVersion version = parse(token);
        if (version.compareTo(FLOOR) < 0) {
            throw refused("has version %s, which is too old".formatted(version));
        }
        return version;
    }

    /** Whether this is {@code version} or newer. */
    public boolean isAtLeast(String version) {
        return compareTo(parse(version)) >= 0;
    }

    @Override
    public int compareTo(ServerVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d.%d.%d".formatted(major, minor, patch);
    }

    private static ProtocolViolationException refused(String what) {
        return new ProtocolViolationException(
                ("the app-server %s; Chela needs a stable release from %s on. Remove"
                                + " appServer.command to use the one Chela brings")
                        .formatted(what, FLOOR),
                null);
    }
}
