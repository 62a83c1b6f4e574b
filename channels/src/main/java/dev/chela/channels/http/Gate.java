package dev.chela.channels.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides whether a call may come in: the name it was sent to, the page it was sent from, the token
 * it shows. See docs/adr/0070.
 */
final class Gate {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** What proxies add to the calls they forward. */
    private static final Set<String> FORWARDED =
            Set.of(
                    "Forwarded",
                    "Via",
                    "X-Forwarded-For",
                    "X-Forwarded-Host",
                    "X-Forwarded-Proto",
                    "X-Real-IP");

    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Addresses: a page of another site cannot have one of ours as its own name. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|\\[[0-9a-f:.]+]");

    private static final String BEARER = "Bearer ";
    private static final int FORM_BYTES_MAX = 8 * 1024;

    private final Set<String> allowedHosts;
    private final AccessToken token;
    private final Lockout lockout;
    private final String cookieName;
    private final boolean open;

    /**
     * @param open whether calls from this machine need no token, control calls apart
     */
    Gate(
            Set<String> allowedHosts,
            AccessToken token,
            Lockout lockout,
            String cookieName,
            boolean open) {
        this.allowedHosts = allowedHosts;
        this.token = token;
        this.lockout = lockout;
        this.cookieName = cookieName;
        this.open = open;
    }

    /**
     * Lets the call pass, or answers an address that carries the token.
     *
     * @return whether the handler is to be called
     * @throws HttpException if the call is refused
     */
    boolean admit(Call call, Access access) throws java.io.IOException {
        checkHost(call);
        boolean bearer = bearerOf(call).isPresent();
        if (!READING.contains(call.method())) {
            checkOrigin(call, bearer || access == Access.OPEN);
        }
        if (access == Access.OPEN) {
            return true;
        }
        if (call.method().equals("GET") && call.query("token").isPresent()) {
            signIn(call, call.query("token").get());
            return false;
        }
        if (!open || access == Access.CONTROL || !isThisMachinesOwn(call)) {
            authenticate(call);
        }
        return true;
    }

    /** Takes what was typed on the door's page. */
    void signInForm(Call call) throws java.io.IOException {
        call.expect("POST");
        String body = new String(call.body(FORM_BYTES_MAX), StandardCharsets.UTF_8);
        String typed =
                Arrays.stream(body.split("&"))
                        .filter(pair -> pair.startsWith("token="))
                        .map(pair -> pair.substring("token=".length()))
                        .findFirst()
                        .orElse("");
        checkToken(call, decoded(typed).strip());
        letIn(call, "/");
    }

    private static String decoded(String typed) {
        try {
            return URLDecoder.decode(typed, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw new HttpException(400, "the form cannot be read");
        }
    }

    /**
     * What a proxy on this machine forwards comes from this machine too, for whomever it serves.
     */
    private static boolean isThisMachinesOwn(Call call) {
        return isLoopback(call.peer())
                && LOOPBACK.contains(nameOf(call.header("Host").orElse("")))
                && FORWARDED.stream().noneMatch(name -> call.header(name).isPresent());
    }

    private static boolean isLoopback(String peer) {
        return peer.startsWith("127.") || peer.equals("0:0:0:0:0:0:0:1");
    }

    /** A foreign name that resolves to us is how another site's page would get in. */
    private void checkHost(Call call) {
        String host = nameOf(call.header("Host").orElse(""));
        if (!LOOPBACK.contains(host)
                && !allowedHosts.contains(host)
                && !LITERAL.matcher(host).matches()) {
            throw new HttpException(
                    421,
                    "this server does not answer to the host name '%s'; use 127.0.0.1"
                            .formatted(bounded(host)));
        }
    }

    /** Only a cookie is sent by a browser unasked: without one, no origin is no danger. */
    private static void checkOrigin(Call call, boolean mayLackOne) {
        Optional<String> origin = call.header("Origin");
        if (origin.isEmpty() && !mayLackOne) {
            throw new HttpException(403, "the request has no Origin header");
        }
        String host = call.header("Host").orElse("");
        boolean foreign = origin.filter(from -> !authorityOf(from).equals(host)).isPresent();
        boolean crossSite =
                call.header("Sec-Fetch-Site")
                        .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                        .isPresent();
        if (foreign || crossSite) {
            throw new HttpException(403, "the request comes from another site");
        }
    }

    private void authenticate(Call call) {
        Optional<String> cookie = call.cookie(cookieName);
        // A page that is signed in stays so, whatever others on its address try meanwhile.
        if (cookie.filter(token::isCookie).isPresent()) {
            return;
        }
        Optional<String> bearer = bearerOf(call);
        if (bearer.isPresent()) {
            checkToken(call, bearer.get());
            return;
        }
        if (cookie.isPresent()) {
            // Counted apart: a page left open with an old cookie must not lock its owner out.
            String pages = "cookies of " + call.peer();
            refuseLockedOut(call, pages);
            lockout.failed(pages);
        }
        throw new HttpException(401, "the access token is missing or no longer valid");
    }

    private void signIn(Call call, String candidate) throws java.io.IOException {
        checkToken(call, candidate);
        letIn(call, call.path() + call.queryWithout("token"));
    }

    private void letIn(Call call, String page) throws java.io.IOException {
        call.setHeader(
                "Set-Cookie",
                "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict"
                        .formatted(
                                cookieName,
                                token.cookie().reveal(),
                                Duration.ofDays(30).toSeconds()));
        call.setHeader("Location", page);
        call.text(303, "");
    }

    private void checkToken(Call call, String candidate) {
        refuseLockedOut(call, call.peer());
        if (token.isToken(candidate)) {
            return;
        }
        // Another site's page could otherwise lock the owner out by linking to us.
        if (call.header("Sec-Fetch-Site").filter("cross-site"::equals).isEmpty()) {
            lockout.failed(call.peer());
        }
        throw new HttpException(401, "the access token is wrong");
    }

    private void refuseLockedOut(Call call, String who) {
        Duration left = lockout.remaining(who);
        if (left.isPositive()) {
            call.setHeader("Retry-After", Long.toString(left.toSeconds() + 1));
            throw new HttpException(
                    429,
                    "too many wrong access tokens; try again in %d s"
                            .formatted(left.toSeconds() + 1));
        }
    }

    private static Optional<String> bearerOf(Call call) {
        return call.header("Authorization")
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()));
    }

    private static String nameOf(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return (end > 0 ? host.substring(0, end) : host).toLowerCase(java.util.Locale.ROOT);
    }

    private static String authorityOf(String origin) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String bounded(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
