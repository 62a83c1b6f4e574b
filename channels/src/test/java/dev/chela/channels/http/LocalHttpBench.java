package dev.chela.channels.http;

import dev.chela.config.testing.ManualClock;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The local server with a few trees, and how a peer speaks to it. */
abstract class LocalHttpBench {

    final ManualClock clock = new ManualClock();
    final AccessToken token = AccessToken.random(new SecureRandom());
    final HttpClient client = HttpClient.newHttpClient();
    LocalHttp http;

    @BeforeEach
    void open() {
        http = LocalHttp.bind(HttpSettings.loopback(0), token, clock).listen();
        http.mount("/open", Access.OPEN, call -> call.text(200, "ok"));
        http.mount("/secret", Access.TOKEN, call -> call.text(200, "inside " + call.method()));
        http.mount("/body", Access.TOKEN, call -> call.text(200, "" + call.body(10).length));
        http.mount("/tree/", Access.OPEN, call -> call.text(200, call.path()));
    }

    @AfterEach
    void close() {
        http.close();
    }

    String bearer() {
        return "Bearer " + token.token().reveal();
    }

    String cookie() {
        return "chela_" + http.port() + "=" + token.cookie().reveal();
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    URI at(String path) {
        return http.address().resolve(path);
    }

    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", http.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
