package dev.chela.bot.web;

import dev.chela.channels.http.Access;
import dev.chela.channels.http.Call;
import dev.chela.channels.http.EventStream;
import dev.chela.channels.http.HttpException;
import dev.chela.channels.http.LocalHttp;
import dev.chela.config.Secret;
import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Exception;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import dev.chela.harness.Legible;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.auth.DeviceCode;
import dev.chela.harness.auth.SignInException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What the command line asks of a running bot, under {@code /control/}; every call shows the access
 * token. Bodies and answers are JSON.
 */
public final class Controls {

    /** Where the calls are. */
    public static final String PATH = "/control/";

    private static final int BODY_BYTES_MAX = 16 * 1024;
    private static final int REASON_CHARS_MAX = 500;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final PairingDesk pairings;
    private final SignInDesk signIn;
    private final SessionsDesk sessions;
    private final Supplier<Node.Obj> status;
    private final Runnable stop;
    private final UnaryOperator<String> redact;

    /**
     * The calls of one bot.
     *
     * @param status what {@code gateway status} shows
     * @param stop begins the end of the process and returns at once
     * @param redact takes secrets out of every answer
     */
    public Controls(
            PairingDesk pairings,
            SignInDesk signIn,
            SessionsDesk sessions,
            Supplier<Node.Obj> status,
            Runnable stop,
            UnaryOperator<String> redact) {
        this.pairings = pairings;
        this.signIn = signIn;
        this.sessions = sessions;
        this.status = status;
        this.stop = stop;
        this.redact = redact;
    }

    /** Answers from now on. */
    public void mount(LocalHttp http) {
        mount(http, "status", "GET", call -> answer(call, OK, status.get()));
        mount(http, "pairings", "GET", call -> answer(call, OK, pairings.list()));
        mount(http, "pairings/approve", "POST", this::approve);
        mount(http, "sign-in", "POST", this::signIn);
        mount(http, "sessions", "GET", call -> answer(call, OK, sessions.list()));
        mount(
                http,
                "sessions/restore",
                "POST",
                call -> answer(call, OK, sessions.restore(required(body(call), "id"))));
        mount(http, "sessions/export", "POST", this::export);
        mount(
                http,
                "sessions/cleanup",
                "POST",
                call ->
                        answer(
                                call,
                                OK,
                                sessions.cleanup(text(body(call), "enforce").isPresent())));
        mount(http, "stop", "POST", this::stop);
    }

    private void mount(
            LocalHttp http, String name, String method, dev.chela.channels.http.Handler handler) {
        http.mount(
                PATH + name,
                Access.CONTROL,
                call -> {
                    call.expect(method);
                    try {
                        handler.handle(call);
                    } catch (HttpException refused) {
                        throw new HttpException(refused.status(), redact.apply(refused.reason()));
                    }
                });
    }

    private void approve(Call call) throws IOException {
        Node.Obj body = body(call);
        String channel = required(body, "channel");
        String code = required(body, "code");
        Node.Obj approved =
                pairings.approve(
                                channel,
                                code,
                                text(body, "account"),
                                text(body, "notify").isPresent())
                        .orElseThrow(() -> new HttpException(404, unknownCode(channel)));
        answer(call, OK, approved);
    }

    private void export(Call call) throws IOException {
        Node.Obj transcript =
                sessions.export(required(body(call), "session"))
                        .orElseThrow(() -> new HttpException(404, "no such transcript"));
        answer(call, OK, transcript);
    }

    /** What to tell whoever typed a code that opens nothing. */
    public static String unknownCode(String channel) {
        return "no request on "
                + Legible.line(channel, 60)
                + " waits with this code; it is mistyped or expired (codes live for an hour)."
                + " Write to the bot again for a new one; chela pairing list shows who waits";
    }

    private void stop(Call call) throws IOException {
        answer(call, ACCEPTED, Node.Obj.empty().with("stopping", Node.Text.of("yes")));
        stop.run();
    }

    /** Streams: {@code code} once where a person must act, then {@code done} or {@code failed}. */
    private void signIn(Call call) throws IOException {
        Optional<Secret> key = text(body(call), "key").map(Secret::of);
        try (EventStream events = call.events()) {
            try {
                signIn.signIn(key, code -> show(events, code));
                events.send("done", "{}");
            } catch (SignInException | AppServerException failed) {
                events.send(
                        "failed",
                        line(
                                "error",
                                Legible.redacted(
                                        redact.apply(String.valueOf(failed.getMessage())),
                                        REASON_CHARS_MAX)));
            }
        }
    }

    private static void show(EventStream events, DeviceCode code) {
        try {
            events.send(
                    "code",
                    Json5Writer.line(
                            Node.Obj.empty()
                                    .with("url", Node.Text.of(code.url()))
                                    .with("code", Node.Text.of(code.code()))));
        } catch (IOException gone) {
            throw new UncheckedIOException("nobody reads the sign-in code any more", gone);
        }
    }

    private static Node.Obj body(Call call) throws IOException {
        String text = new String(call.body(BODY_BYTES_MAX), StandardCharsets.UTF_8);
        try {
            if (Json5.parse(text.isBlank() ? "{}" : text, "body") instanceof Node.Obj object) {
                return object;
            }
        } catch (Json5Exception broken) {
            throw new HttpException(400, "the body is not JSON: " + broken.getMessage());
        }
        throw new HttpException(400, "the body is not a JSON object");
    }

    private static String required(Node.Obj body, String key) {
        return text(body, key)
                .orElseThrow(() -> new HttpException(400, "\"" + key + "\" is missing"));
    }

    private static Optional<String> text(Node.Obj body, String key) {
        return body.get(key)
                .filter(Node.Text.class::isInstance)
                .map(Node.Text.class::cast)
                .map(Node.Text::value)
                .filter(value -> !value.isBlank());
    }

    private static String line(String key, String value) {
        return Json5Writer.line(Node.Obj.empty().with(key, Node.Text.of(value)));
    }

    private void answer(Call call, int status, Node.Obj body) throws IOException {
        call.json(status, redact.apply(Json5Writer.line(body)) + "\n");
    }
}
