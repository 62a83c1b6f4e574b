package dev.chela.channels.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.config.Secret;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in to the local server, how, and who is locked out. */
class SignedInTest extends LocalHttpBench {

    @Test
    void theAddressWithTheTokenSetsACookieAndLosesTheToken() throws Exception {
        HttpResponse<String> answer = get("/secret?a=1&token=" + token.token().reveal());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/secret?a=1");
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(cookie).doesNotContain(token.token().reveal());
        assertThat(get("/secret", "Cookie", cookie()).body()).isEqualTo("inside GET");
    }

    @Test
    void theDoorTakesATypedPassword() throws Exception {
        http.close();
        AccessToken password = AccessToken.of(Secret.of("pass word+&ö"));
        http = LocalHttp.bind(HttpSettings.loopback(0), password, clock).listen();
        http.mount("/secret", Access.TOKEN, call -> call.text(200, "inside"));
        String typed = "token=" + URLEncoder.encode("pass word+&ö", StandardCharsets.UTF_8);

        HttpResponse<String> answer = post("/sign-in", typed);

        assertThat(get("/secret", "Accept", "text/html").body()).contains("/sign-in", "password");
        assertThat(answer.statusCode()).isEqualTo(303);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        assertThat(get("/secret", "Cookie", cookie).body()).isEqualTo("inside");
        assertThat(post("/sign-in", "token=wrong").statusCode()).isEqualTo(401);
        assertThat(post("/sign-in", "token=%zz").statusCode()).isEqualTo(400);
        assertThat(post("/sign-in", typed, "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
    }

    @Test
    void theDoorsFormMaySayWhereItComesFrom() throws Exception {
        HttpResponse<String> door = get("/secret", "Accept", "text/html");

        assertThat(door.headers().allValues("Referrer-Policy")).containsExactly("same-origin");
        assertThat(get("/open").headers().allValues("Referrer-Policy"))
                .containsExactly("no-referrer");
    }

    @Test
    void blanksAroundAConfiguredPasswordDoNotCount() throws Exception {
        http.close();
        AccessToken password = AccessToken.of(Secret.of(" from a file\n"));
        http = LocalHttp.bind(HttpSettings.loopback(0), password, clock).listen();

        assertThat(post("/sign-in", "token=from+a+file").statusCode()).isEqualTo(303);
        assertThatThrownBy(() -> AccessToken.of(Secret.of(" \n")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void typedWrongTokensLockTheAddressOut() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(post("/sign-in", "token=guess" + i).statusCode()).isEqualTo(401);
        }

        assertThat(post("/sign-in", "token=" + token.token().reveal()).statusCode()).isEqualTo(429);
    }

    @Test
    void theTokenItselfIsNoCookie() throws Exception {
        String wrong = "chela_" + http.port() + "=" + token.token().reveal();
        assertThat(get("/secret", "Cookie", wrong).statusCode()).isEqualTo(401);
    }

    @Test
    void elevenWrongTokensLockTheAddressOutForFiveMinutes() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(get("/secret", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> locked = get("/secret", "Authorization", bearer());
        assertThat(locked.statusCode()).isEqualTo(429);
        assertThat(locked.headers().firstValue("Retry-After")).isPresent();
        clock.advance(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(get("/secret", "Authorization", bearer()).statusCode()).isEqualTo(200);
    }

    @Test
    void aSignedInPageOutlivesALockout() throws Exception {
        for (int i = 0; i < 11; i++) {
            get("/secret?token=wrong");
        }
        assertThat(get("/secret?token=" + token.token().reveal()).statusCode()).isEqualTo(429);
        assertThat(get("/secret", "Cookie", cookie()).statusCode()).isEqualTo(200);
    }

    @Test
    void failuresSpreadOverTimeLockNobodyOut() throws Exception {
        for (int i = 0; i < 30; i++) {
            get("/secret", "Authorization", "Bearer wrong");
            clock.advance(Duration.ofSeconds(7));
        }
        assertThat(get("/secret", "Authorization", bearer()).statusCode()).isEqualTo(200);
    }

    @Test
    void linksOnOtherSitesCannotLockTheOwnerOut() throws Exception {
        for (int i = 0; i < 20; i++) {
            String answer =
                    raw(
                            "GET /secret?token=wrong HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                    + "Sec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 401");
        }
        assertThat(get("/secret", "Authorization", bearer()).statusCode()).isEqualTo(200);
    }

    @Test
    void anOldCookieDoesNotLockTheAddressOut() throws Exception {
        String old = "chela_" + http.port() + "=old";
        for (int i = 0; i < 10; i++) {
            assertThat(get("/secret", "Cookie", old).statusCode()).isEqualTo(401);
        }
        assertThat(get("/secret", "Cookie", old).statusCode()).isEqualTo(429);
        assertThat(get("/secret?token=" + token.token().reveal()).statusCode()).isEqualTo(303);
    }

    @Test
    void theKeptTokenSurvivesARestartAndIsPrivate(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("token");
        AccessToken first = AccessToken.keptIn(file, new SecureRandom());
        AccessToken second = AccessToken.keptIn(file, new SecureRandom());
        assertThat(second.token()).isEqualTo(first.token());
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(first.token().reveal()).hasSize(43);
    }
}
