package dev.chela.channels.web.kit;

import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.http.AccessToken;
import dev.chela.channels.http.HttpSettings;
import dev.chela.channels.http.LocalHttp;
import dev.chela.channels.web.SlashCommand;
import dev.chela.channels.web.WebChannel;
import dev.chela.channels.web.WebSettings;
import dev.chela.config.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A whole web chat with an {@link EchoBot} behind it, which can be stopped and started again. */
public final class WebRig implements AutoCloseable {

    public static final Conversation MAIN =
            new Conversation("web", "default", ChatKind.DIRECT, "main", Optional.empty());

    private static final List<SlashCommand> COMMANDS =
            List.of(
                    new SlashCommand("/help", "/help", "Show what can be asked"),
                    new SlashCommand("/status", "/status", "Show model, session and usage"),
                    new SlashCommand("/steer", "/steer <text>", "Tell the running turn more"),
                    new SlashCommand("/stop", "/stop", "Stop the running turn"),
                    new SlashCommand("/new", "/new", "Begin a new session"),
                    new SlashCommand("/codex threads", "/codex threads", "List stored threads"));

    private final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    private final AccessToken token = AccessToken.random(new SecureRandom());
    private final Path media;
    private final Clock clock;
    private final WebSettings settings;
    private final EchoBot bot = new EchoBot();
    private LocalHttp http;
    private WebChannel channel;

    private WebRig(Clock clock, WebSettings settings) {
        this.clock = clock;
        this.settings = settings;
        try {
            media = Files.createTempDirectory("chela-media");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open(0);
    }

    public static WebRig open(Clock clock) {
        return new WebRig(clock, WebSettings.defaults());
    }

    public static WebRig open(Clock clock, WebSettings settings) {
        return new WebRig(clock, settings);
    }

    private void open(int port) {
        http = LocalHttp.bind(HttpSettings.loopback(port), token, clock).listen();
        channel = new WebChannel(http, database, media, () -> COMMANDS, settings, clock);
        bot.speakThrough(channel);
        channel.start(bot);
    }

    public EchoBot bot() {
        return bot;
    }

    public WebChannel channel() {
        return channel;
    }

    public LocalHttp http() {
        return http;
    }

    public AccessToken token() {
        return token;
    }

    public URI address() {
        return http.address();
    }

    /** Takes the server away; the port stays ours to come back to. */
    public int stop() {
        int port = http.port();
        channel.close();
        http.close();
        return port;
    }

    /** Comes back on the same port and the same database. */
    public void start(int port) {
        open(port);
    }

    @Override
    public void close() {
        stop();
        database.close();
        try (Stream<Path> files = Files.walk(media)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
