package dev.chela.bot.web;

import dev.chela.channels.http.Access;
import dev.chela.channels.http.LocalHttp;

/** {@code /healthz}: the process lives. {@code /readyz}: every enabled channel listens. */
public final class Health {

    private static final int UNAVAILABLE = 503;
    private static final int OK = 200;

    private Health() {}

    /** Mounts both, open to everyone who reaches the port: they name channels, never people. */
    public static void mount(LocalHttp http, Readiness readiness) {
        http.mount("/healthz", Access.OPEN, call -> call.text(OK, "ok\n"));
        http.mount(
                "/readyz",
                Access.OPEN,
                call -> call.text(readiness.isReady() ? OK : UNAVAILABLE, readiness.text()));
    }
}
