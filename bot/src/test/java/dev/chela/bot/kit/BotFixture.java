package dev.chela.bot.kit;

import dev.chela.bot.Boot;
import dev.chela.bot.Chela;
import dev.chela.bot.Stages;
import dev.chela.channels.telegram.kit.FakeTelegram;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.ConfigLocation;
import dev.chela.config.load.Environment;
import dev.chela.config.load.LoadResult;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.scripted.CodexHome;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A whole bot in this process, which can be stopped and started again on the same state. */
public final class BotFixture implements AutoCloseable {

    private final Path root;
    private final Path state;
    private final Map<String, String> environment;
    private final FakeTelegram telegram;
    private final ScriptedModel model;
    private Optional<Chela> chela = Optional.empty();

    private BotFixture(
            Path root,
            FakeTelegram telegram,
            ScriptedModel model,
            String config,
            Map<String, String> more)
            throws IOException {
        this.root = root;
        this.telegram = telegram;
        this.model = model;
        this.state = root.resolve("state");
        this.environment = new HashMap<>(environment(root));
        this.environment.putAll(more);
        CodexHome.forScriptedModel(StateDirectory.open(state).codexHome("main"), model.baseUrl());
        Files.writeString(configFile(), config);
    }

    /** A bot on Telegram that posts every reply. */
    public static BotFixture onTelegram(Path root, ScriptedModel model) throws IOException {
        return onTelegram(root, model, "visibleReplies: \"automatic\",");
    }

    /** A bot on Telegram with these members of the {@code messages} section. */
    public static BotFixture onTelegram(Path root, ScriptedModel model, String messages)
            throws IOException {
        FakeTelegram telegram = FakeTelegram.start();
        BotFixture bot =
                new BotFixture(
                        root,
                        telegram,
                        model,
                        BotConfig.telegram(telegram.apiRoot(), messages),
                        Map.of());
        bot.start();
        return bot;
    }

    /**
     * A bot on Telegram whose config and variables a test changes.
     *
     * @param change of the usual config's text
     */
    public static BotFixture onTelegram(
            Path root, ScriptedModel model, UnaryOperator<String> change, Map<String, String> more)
            throws IOException {
        FakeTelegram telegram = FakeTelegram.start();
        String config = change.apply(BotConfig.telegram(telegram.apiRoot()));
        BotFixture bot = new BotFixture(root, telegram, model, config, more);
        bot.start();
        return bot;
    }

    /**
     * A bot on Telegram.
     *
     * @param appServer members of the {@code appServer} section besides the sandbox
     */
    public static BotFixture onTelegram(
            Path root, ScriptedModel model, String messages, String appServer) throws IOException {
        FakeTelegram telegram = FakeTelegram.start();
        String config = BotConfig.telegram(telegram.apiRoot(), messages, appServer);
        BotFixture bot = new BotFixture(root, telegram, model, config, Map.of());
        bot.start();
        return bot;
    }

    /** A bot on Telegram whose config is made from the address of the platform. */
    public static BotFixture onTelegramWith(
            Path root, ScriptedModel model, Function<URI, String> config) throws IOException {
        FakeTelegram telegram = FakeTelegram.start();
        BotFixture bot =
                new BotFixture(root, telegram, model, config.apply(telegram.apiRoot()), Map.of());
        bot.start();
        return bot;
    }

    /** A bot with the web chat alone. */
    public static BotFixture onTheWeb(Path root, ScriptedModel model) throws IOException {
        BotFixture bot =
                new BotFixture(root, FakeTelegram.start(), model, BotConfig.web(), Map.of());
        bot.start();
        return bot;
    }

    /** What a child process of a test sees of this machine: a home of its own and the binary. */
    public static Map<String, String> environment(Path root) throws IOException {
        return Map.of(
                "HOME",
                Files.createDirectories(root.resolve("home")).toString(),
                "PATH",
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                "CHELA_CODEX_APP_SERVER_BIN",
                RealCodex.binary().toString());
    }

    public void start() {
        start(0);
    }

    /** Starts with the local server on this port; 0 takes a free one. */
    public void start(int port) {
        chela =
                Optional.of(
                        new Boot(load(), state, Stages.ofProcess(Clock.systemUTC()))
                                .onPort(port)
                                .withoutConsoleLog()
                                .start(BotFixture::neverManaged));
    }

    public void stop() {
        chela.ifPresent(Chela::close);
        chela = Optional.empty();
    }

    public void restart() {
        stop();
        start();
    }

    public Chela chela() {
        return chela.orElseThrow();
    }

    public FakeTelegram telegram() {
        return telegram;
    }

    public ScriptedModel model() {
        return model;
    }

    public StateProbe state() {
        return new StateProbe(state);
    }

    public Path stateDirectory() {
        return state;
    }

    /** The private chat of the person with this number, 0 to 99; all of them may talk. */
    public Chat person(int number) {
        return new Chat(telegram, BotConfig.FIRST_PERSON + number);
    }

    /** How often the model was asked with a message that contains {@code text}. */
    public long asked(String text) {
        return model.requests().stream()
                .filter(request -> request.userText().contains(text))
                .count();
    }

    /** Waits until everything said has its end and everything to say is out. */
    public void awaitQuiet() {
        Await.until("quiet", this::isQuiet, () -> state().inbox() + "\n" + state().outbox());
    }

    /** Whether everything said has its end and everything to say is out. */
    public boolean isQuiet() {
        return telegram.unconfirmed() == 0 && state().open() == 0 && state().unsettled() == 0;
    }

    private Path configFile() {
        return state.resolve("chela.json");
    }

    private LoadResult.Loaded load() {
        ConfigLocation location = new ConfigLocation(configFile(), state, root, root);
        LoadResult result = new ConfigLoader(location, Environment.of(environment)).load();
        return switch (result) {
            case LoadResult.Loaded loaded -> loaded;
            case LoadResult.Broken broken -> throw new AssertionError(broken.problems());
        };
    }

    private static dev.chela.harness.appserver.managed.CodexInstallation neverManaged() {
        throw new AssertionError("the environment names the binary");
    }

    @Override
    public void close() {
        stop();
        model.close();
        telegram.close();
    }
}
