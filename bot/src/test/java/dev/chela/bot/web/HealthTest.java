package dev.chela.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.Channels;
import dev.chela.channels.http.AccessToken;
import dev.chela.channels.http.HttpSettings;
import dev.chela.channels.http.LocalHttp;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.config.ChannelsConfig;
import dev.chela.config.testing.ManualClock;
import dev.chela.config.testing.TestConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service manager is told, without any token. */
class HealthTest {

    private final FakeChannel web = FakeChannel.named("web");
    private final FakeChannel telegram = FakeChannel.named("telegram");
    private final Channels channels = new Channels();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final LocalHttp http =
            LocalHttp.bind(
                            HttpSettings.loopback(0),
                            AccessToken.random(new SecureRandom()),
                            new ManualClock())
                    .listen();
    private ChannelsConfig config = TestConfig.defaults().channels();

    @BeforeEach
    void mount() {
        channels.add(web);
        Health.mount(http, new Readiness(begun::get, () -> config, channels::status));
    }

    @AfterEach
    void close() {
        channels.close();
        http.close();
    }

    @Test
    void itIsNotReadyUntilEveryChannelListens() throws Exception {
        channels.add(telegram);
        begun.set(true);

        assertNotReady("web/default not listening yet", "telegram/default not listening yet");

        channels.start((events, cursor) -> {});

        HttpResponse<String> ready = get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .isEqualTo("ready\nweb/default listening\ntelegram/default listening\n");
    }

    @Test
    void aChannelThatCannotStartSaysWhy() throws Exception {
        channels.add(telegram);
        telegram.failStart(1);
        begun.set(true);

        channels.start((events, cursor) -> {});

        assertNotReady(
                "web/default listening",
                "telegram/default cannot start, trying again: telegram has no network");
    }

    @Test
    void aChannelThatIsEnabledButWasNotBuiltIsMissing() throws Exception {
        config = TestConfig.of("{ channels: { discord: { enabled: true } } }").channels();
        begun.set(true);

        channels.start((events, cursor) -> {});

        assertNotReady("web/default listening", "discord/default not in this version");
    }

    @Test
    void aBotThatStartsOrStopsIsNotReadyAlthoughItListens() throws Exception {
        channels.start((events, cursor) -> {});

        assertNotReady("the bot starts or stops", "web/default listening");

        begun.set(true);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        begun.set(false);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
    }

    /** Not ready, for these reasons; alive all the same. */
    private void assertNotReady(String... reasons) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).startsWith("not ready\n").contains(reasons);
        HttpResponse<String> alive = get("/healthz");
        assertThat(alive.statusCode()).isEqualTo(200);
        assertThat(alive.body()).isEqualTo("ok\n");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(http.address().resolve(path)).build(),
                    BodyHandlers.ofString());
        }
    }
}
