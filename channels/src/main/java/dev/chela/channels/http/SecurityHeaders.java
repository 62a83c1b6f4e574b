package dev.chela.channels.http;

import com.sun.net.httpserver.Headers;

/** The headers of every answer: nothing foreign is loaded, framed, cached or guessed. */
final class SecurityHeaders {

    static final String PAGE_POLICY =
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "img-src 'self' blob:",
                    "connect-src 'self'",
                    "manifest-src 'self'",
                    "form-action 'self'",
                    "base-uri 'none'",
                    "frame-ancestors 'none'",
                    "require-trusted-types-for 'script'",
                    "trusted-types 'none'");

    /** For files of other people: even when opened by themselves they may run nothing. */
    static final String FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

    private SecurityHeaders() {}

    static void addTo(Headers headers) {
        headers.set("Content-Security-Policy", PAGE_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    }
}
