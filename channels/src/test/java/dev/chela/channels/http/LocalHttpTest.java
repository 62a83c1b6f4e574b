package dev.chela.channels.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.config.GatewayConfig;
import dev.chela.config.testing.TestConfig;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LocalHttpTest extends LocalHttpBench {

    @Test
    void anOpenPathNeedsNoToken() throws Exception {
        assertThat(get("/open").body()).isEqualTo("ok");
    }

    @Test
    void aMountedTreeAnswersEverythingBelowIt() throws Exception {
        assertThat(get("/tree/a/b").body()).isEqualTo("/tree/a/b");
        assertThat(get("/tre").statusCode()).isEqualTo(404);
    }

    @Test
    void anUnmountedPathIsGone() throws Exception {
        Runnable unmount = http.mount("/brief", Access.OPEN, call -> call.text(200, "here"));
        assertThat(get("/brief").statusCode()).isEqualTo(200);
        unmount.run();
        assertThat(get("/brief").statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenPathRefusesWithoutOne() throws Exception {
        HttpResponse<String> answer = get("/secret");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("token is missing");
    }

    @Test
    void aBrowserWithoutTokenSeesAPageThatSaysWhatToDo() throws Exception {
        HttpResponse<String> answer = get("/secret", "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("Open the address that Chela printed");
    }

    @Test
    void theBearerTokenOpensWithoutOrigin() throws Exception {
        HttpResponse<String> answer = post("/secret", "", "Authorization", bearer());
        assertThat(answer.body()).isEqualTo("inside POST");
    }

    @Test
    void anOpenServerLetsItsOwnMachineInButNotToControlCalls() throws Exception {
        http.close();
        GatewayConfig config =
                TestConfig.of("{ gateway: { port: 0, auth: { mode: \"none\" } } }").gateway();
        http = LocalHttp.bind(HttpSettings.of(config), token, clock).listen();
        http.mount("/secret", Access.TOKEN, call -> call.text(200, "inside"));
        http.mount("/control/x", Access.CONTROL, call -> call.text(200, "done"));

        assertThat(get("/secret").body()).isEqualTo("inside");
        assertThat(post("/secret", "").statusCode()).isEqualTo(403);
        assertThat(get("/control/x").statusCode()).isEqualTo(401);
        assertThat(get("/control/x", "Authorization", bearer()).body()).isEqualTo("done");
    }

    @Test
    void theServerIsBuiltAsTheConfigSays() {
        GatewayConfig config =
                TestConfig.of(
                                """
                                { gateway: { port: 1234, bind: "custom", customBindHost: "10.0.0.5",
                                  auth: { token: "long enough", rateLimit: { maxAttempts: 3,
                                    windowMs: 2000, lockoutMs: 7000 } },
                                  controlUi: { allowedOrigins: ["https://chat.example"] } } }
                                """)
                        .gateway();

        HttpSettings settings = HttpSettings.of(config);

        assertThat(settings.host()).isEqualTo("10.0.0.5");
        assertThat(settings.port()).isEqualTo(1234);
        assertThat(settings.allowedHosts()).containsExactlyInAnyOrder("10.0.0.5", "chat.example");
        assertThat(settings.failuresMax()).isEqualTo(3);
        assertThat(settings.window()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.lockout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.open()).isFalse();
    }

    @Test
    void whatComesThroughAProxyIsNotThisMachinesOwn() throws Exception {
        http.close();
        GatewayConfig config =
                TestConfig.of("{ gateway: { port: 0, auth: { mode: \"none\" } } }").gateway();
        http = LocalHttp.bind(HttpSettings.of(config), token, clock).listen();
        http.mount("/secret", Access.TOKEN, call -> call.text(200, "inside"));

        assertThat(get("/secret", "X-Forwarded-For", "203.0.113.9").statusCode()).isEqualTo(401);
        assertThat(get("/secret", "Forwarded", "for=203.0.113.9").statusCode()).isEqualTo(401);
        assertThat(get("/secret", "X-Real-IP", "203.0.113.9").statusCode()).isEqualTo(401);
        assertThat(get("/secret", "Via", "1.1 proxy").statusCode()).isEqualTo(401);
        assertThat(raw("GET /secret HTTP/1.1\r\nHost: 192.0.2.7\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
        assertThat(raw("GET /secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void originsAreTakenInEveryFormThatTheConfigTakes() {
        GatewayConfig config =
                TestConfig.of(
                                """
                                { gateway: { controlUi: { allowedOrigins: [
                                  "192.168.1.5:8443", "Chat.example:8443", "sea.example/",
                                  "https://my_host", "http://a.example:80/", "https://[2001:DB8::1]:8443"
                                ] } } }
                                """)
                        .gateway();

        assertThat(HttpSettings.of(config).allowedHosts())
                .containsExactlyInAnyOrder(
                        "192.168.1.5",
                        "chat.example",
                        "sea.example",
                        "my_host",
                        "a.example",
                        "[2001:db8::1]");
    }

    @Test
    void aWriteWithTheCookieNeedsOurOrigin() throws Exception {
        String ours = "http://127.0.0.1:" + http.port();
        assertThat(post("/secret", "", "Cookie", cookie()).statusCode()).isEqualTo(403);
        assertThat(
                        post("/secret", "", "Cookie", cookie(), "Origin", "http://evil.example")
                                .statusCode())
                .isEqualTo(403);
        assertThat(post("/secret", "", "Cookie", cookie(), "Origin", "null").statusCode())
                .isEqualTo(403);
        assertThat(post("/secret", "", "Cookie", cookie(), "Origin", ours).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWriteFromAnotherPortOfThisMachineIsAnotherSite() throws Exception {
        String other = "http://127.0.0.1:" + (http.port() + 1);
        assertThat(post("/secret", "", "Cookie", cookie(), "Origin", other).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aForeignHostNameIsRefusedEvenOnOpenPaths() throws Exception {
        assertThat(raw("GET /open HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421")
                .contains("evil.example");
        assertThat(raw("GET /open HTTP/1.1\r\nHost: LocalHost:1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void everyAnswerCarriesTheStrictHeaders() throws Exception {
        for (HttpResponse<String> answer : java.util.List.of(get("/open"), get("/secret"))) {
            var headers = answer.headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        }
    }

    @Test
    void whoSendsFarTooMuchStillLearnsWhy() throws Exception {
        String answer =
                raw(
                        "POST /body HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                                + bearer()
                                + "\r\nContent-Length: 8388608\r\n\r\n"
                                + "x".repeat(8_388_608));
        assertThat(answer).startsWith("HTTP/1.1 413").contains("longer than 10 bytes");
    }

    @Test
    void aBodyThatIsTooLongIsRefusedAnnouncedOrNot() throws Exception {
        HttpResponse<String> announced = post("/body", "x".repeat(11), "Authorization", bearer());
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(announced.body()).contains("longer than 10 bytes");
        String chunked =
                raw(
                        "POST /body HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                                + bearer()
                                + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                                + "b\r\nxxxxxxxxxxx\r\n0\r\n\r\n");
        assertThat(chunked).startsWith("HTTP/1.1 413");
    }

    @Test
    void aHookOfAnotherMachineMayPostToAnOpenPathButAnotherSitesPageMayNot() throws Exception {
        assertThat(post("/open", "x", "User-Agent", "hook").statusCode()).isEqualTo(200);
        assertThat(post("/open", "x", "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
    }

    @Test
    void oneStreamTooManyIsRefusedAndOneThatEndsMakesRoom() throws Exception {
        http.close();
        HttpSettings one =
                new HttpSettings(
                        "127.0.0.1",
                        0,
                        java.util.Set.of(),
                        1,
                        10,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        false);
        http = LocalHttp.bind(one, token, clock).listen();
        var entered = new java.util.concurrent.CountDownLatch(1);
        var leave = new java.util.concurrent.CountDownLatch(1);
        http.mount(
                "/stream",
                Access.OPEN,
                call -> {
                    try (EventStream stream = call.events()) {
                        stream.send("hello", "{}");
                        entered.countDown();
                        leave.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        var first =
                client.sendAsync(
                        HttpRequest.newBuilder(at("/stream")).build(), BodyHandlers.ofString());
        entered.await();
        assertThat(get("/stream").statusCode()).isEqualTo(503);
        leave.countDown();
        assertThat(first.join().body()).contains("event: hello");
        assertThat(get("/stream").statusCode()).isEqualTo(200);
    }

    @Test
    void aPeerThatReadsNothingIsInterrupted() throws Exception {
        var never = new java.util.concurrent.CountDownLatch(1);
        var blocked =
                new java.io.OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            throw new java.io.InterruptedIOException("ended");
                        }
                    }
                };
        try (SlowPeers slow = new SlowPeers(Duration.ofMillis(20), Duration.ofMillis(10))) {
            assertThatThrownBy(() -> slow.guard(blocked).write(new byte[1]))
                    .isInstanceOf(java.io.InterruptedIOException.class);
        }
    }

    @Test
    void aFailingHandlerShowsNoDetail() throws Exception {
        http.mount(
                "/broken",
                Access.OPEN,
                call -> {
                    throw new IllegalStateException("the secret detail");
                });
        HttpResponse<String> answer = get("/broken");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret detail");
    }

    @Test
    void aBusyPortNamesItsHolderAndTheWayOut() {
        assertThatThrownBy(() -> LocalHttp.bind(HttpSettings.loopback(http.port()), token, clock))
                .isInstanceOf(PortBusyException.class)
                .hasMessageContaining("port " + http.port())
                .hasMessageContaining("this very process")
                .hasMessageContaining("--port");
    }

    @Test
    void whoComesBeforeItListensIsAnsweredOnceItDoes() throws Exception {
        try (LocalHttp early = LocalHttp.bind(HttpSettings.loopback(0), token, clock)) {
            early.mount("/open", Access.OPEN, call -> call.text(200, "ok"));
            var answer =
                    client.sendAsync(
                            HttpRequest.newBuilder(early.address().resolve("/open")).build(),
                            BodyHandlers.ofString());
            early.listen();
            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("ok");
        }
    }

    @Test
    void aPortThatNeverListenedIsFreedByTheClose() {
        LocalHttp never = LocalHttp.bind(HttpSettings.loopback(0), token, clock);
        never.close();
        LocalHttp.bind(HttpSettings.loopback(never.port()), token, clock).close();
    }
}
