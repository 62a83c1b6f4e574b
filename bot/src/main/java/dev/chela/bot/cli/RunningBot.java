package dev.chela.bot.cli;

import dev.chela.bot.web.Controls;
import dev.chela.config.Secret;
import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Exception;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import dev.chela.config.state.Holder;
import dev.chela.config.state.InstanceLock;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.auth.DeviceCode;
import dev.chela.harness.auth.SignInException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A bot that runs on this state directory, reached through its control calls. */
final class RunningBot implements Desks {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(35);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;
    private static final int ERRORS_FROM = 400;

    private final Holder holder;
    private final String host;
    private final Secret token;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();

    private RunningBot(Holder holder, String host, Secret token) {
        this.holder = holder;
        this.host = host.contains(":") ? "[" + host + "]" : host;
        this.token = token;
    }

    /**
     * The bot that holds the state directory, if one does; changes nothing.
     *
     * @throws RefusedException if it is there but does not listen yet, or its token is unknown
     */
    static Optional<RunningBot> find(Surroundings here) {
        return holder(here)
                .map(holder -> new RunningBot(listening(holder), here.host(), here.token()));
    }

    private static Holder listening(Holder holder) {
        if (holder.port() == 0) {
            throw new RefusedException(
                    "process %d has the state directory but does not listen yet; try again soon"
                            .formatted(holder.pid()));
        }
        return holder;
    }

    /**
     * The living process that holds the state directory.
     *
     * @throws dev.chela.config.state.InstanceHeldException if one does that cannot be named
     */
    static Optional<Holder> holder(Surroundings here) {
        return InstanceLock.holderOrRefusal(new StateDirectory(here.location().stateDirectory()));
    }

    Holder holder() {
        return holder;
    }

    /** The address that signs a browser in to the web chat; a secret. */
    URI signInAddress() {
        return URI.create(
                "http://%s:%d/?token=%s"
                        .formatted(
                                host,
                                holder.port(),
                                URLEncoder.encode(token.reveal(), StandardCharsets.UTF_8)));
    }

    Node.Obj status() {
        return call("GET", "status", Node.Obj.empty()).orElse(Node.Obj.empty());
    }

    /** Asks it to drain and end; it does so after the answer. */
    void stop() {
        call("POST", "stop", Node.Obj.empty());
    }

    @Override
    public Node.Obj pairings() {
        return call("GET", "pairings", Node.Obj.empty()).orElse(Node.Obj.empty());
    }

    @Override
    public Optional<Node.Obj> approve(
            String channel, String code, Optional<String> account, boolean notify) {
        Node.Obj asked =
                Node.Obj.empty()
                        .with("channel", Node.Text.of(channel))
                        .with("code", Node.Text.of(code));
        Node.Obj body = notify ? asked.with("notify", Node.Text.of("yes")) : asked;
        return call(
                "POST",
                "pairings/approve",
                account.map(id -> body.with("account", Node.Text.of(id))).orElse(body));
    }

    @Override
    public void signIn(Optional<Secret> key, Consumer<DeviceCode> show) {
        Node.Obj body =
                key.map(value -> Node.Obj.empty().with("key", Node.Text.of(value.reveal())))
                        .orElse(Node.Obj.empty());
        HttpRequest request = request("POST", "sign-in", body).build();
        try (Stream<String> lines = send(request, BodyHandlers.ofLines()).body()) {
            follow(lines.iterator(), show);
        } catch (UncheckedIOException cut) {
            throw new SignInException("the bot ended during the sign-in; start it and try again");
        }
    }

    @Override
    public Node.Obj sessions() {
        return call("GET", "sessions", Node.Obj.empty()).orElse(Node.Obj.empty());
    }

    @Override
    public Node.Obj restore(String id) {
        return call("POST", "sessions/restore", Node.Obj.empty().with("id", Node.Text.of(id)))
                .orElse(Node.Obj.empty());
    }

    @Override
    public Optional<Node.Obj> export(String session) {
        return call(
                "POST", "sessions/export", Node.Obj.empty().with("session", Node.Text.of(session)));
    }

    @Override
    public Node.Obj cleanup(boolean enforce) {
        Node.Obj body = Node.Obj.empty();
        return call(
                        "POST",
                        "sessions/cleanup",
                        enforce ? body.with("enforce", Node.Text.of("yes")) : body)
                .orElse(Node.Obj.empty());
    }

    private static void follow(Iterator<String> lines, Consumer<DeviceCode> show) {
        String event = "";
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                Node.Obj data = object(line.substring("data: ".length()));
                switch (event) {
                    case "code" ->
                            show.accept(new DeviceCode(text(data, "url"), text(data, "code")));
                    case "failed" -> throw new SignInException(text(data, "error"));
                    case "done" -> {
                        return;
                    }
                    default -> {
                        // A newer bot may say more; it is no answer to wait for.
                    }
                }
            }
        }
        throw new SignInException("the bot ended the call without an answer; see its log");
    }

    @Override
    public void close() {
        http.close();
    }

    /** The answer's object; empty for 404. */
    private Optional<Node.Obj> call(String method, String name, Node.Obj body) {
        HttpRequest request = request(method, name, body).timeout(ANSWER_MAX).build();
        HttpResponse<String> response = send(request, BodyHandlers.ofString());
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        if (response.statusCode() >= ERRORS_FROM) {
            throw new RefusedException(
                    "the bot (process %d, port %d) refused: %s"
                            .formatted(holder.pid(), holder.port(), reason(response)));
        }
        return Optional.of(object(response.body()));
    }

    private static String reason(HttpResponse<String> response) {
        String stated = text(object(response.body()), "error");
        return stated.isEmpty() ? "HTTP " + response.statusCode() : stated;
    }

    private HttpRequest.Builder request(String method, String name, Node.Obj body) {
        URI address =
                URI.create("http://%s:%d%s%s".formatted(host, holder.port(), Controls.PATH, name));
        return HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token.reveal())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json5Writer.line(body)));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException failed) {
            throw new RefusedException(
                    "the bot (process %d) does not answer on port %d: %s; look at its log"
                            .formatted(holder.pid(), holder.port(), failed));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RefusedException("interrupted while waiting for the bot");
        }
    }

    private static Node.Obj object(String json) {
        try {
            return Json5.parse(json, "answer") instanceof Node.Obj object
                    ? object
                    : Node.Obj.empty();
        } catch (Json5Exception foreign) {
            return Node.Obj.empty();
        }
    }

    private static String text(Node.Obj object, String key) {
        return Words.text(object, key);
    }
}
