package dev.chela.bot.web;

import dev.chela.channels.http.Access;
import dev.chela.channels.http.LocalHttp;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code /healthz}: the process lives. {@code /readyz}: every enabled channel listens. */
public final class Health {

    private static final int UNAVAILABLE = 503;
    private static final int OK = 200;

    private Health() {}

    /**
     * Mounts both, open to everyone who reaches the port.
     *
     * @param detail a line about each channel, without secrets or names of people
     */
    public static void mount(LocalHttp http, BooleanSupplier ready, Supplier<String> detail) {
        http.mount("/healthz", Access.OPEN, call -> call.text(OK, "ok\n"));
        http.mount(
                "/readyz",
                Access.OPEN,
                call -> call.text(ready.getAsBoolean() ? OK : UNAVAILABLE, detail.get()));
    }
}
