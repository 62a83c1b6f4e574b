package dev.chela.bot;

import dev.chela.bot.log.LogSetup;
import dev.chela.bot.web.Health;
import dev.chela.channels.Channel;
import dev.chela.channels.http.AccessToken;
import dev.chela.channels.http.HttpSettings;
import dev.chela.channels.http.LocalHttp;
import dev.chela.config.LiveConfig;
import dev.chela.config.Secret;
import dev.chela.config.load.LoadResult;
import dev.chela.config.secret.Redaction;
import dev.chela.config.secret.Secrets;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.appserver.managed.CodexInstallation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** From a loaded configuration to a living bot. */
public final class Boot {

    private final LoadResult.Loaded loaded;
    private final Path stateDirectory;
    private final Stages stages;
    private OptionalInt port = OptionalInt.empty();
    private boolean consoleLog = true;
    private List<Channel> channels = List.of();

    public Boot(LoadResult.Loaded loaded, Path stateDirectory, Stages stages) {
        this.loaded = loaded;
        this.stateDirectory = stateDirectory;
        this.stages = stages;
    }

    /** Another port than the configured one; 0 takes a free one. */
    public Boot onPort(int number) {
        port = OptionalInt.of(number);
        return this;
    }

    /** Logs to the file only: the terminal belongs to a chat. */
    public Boot withoutConsoleLog() {
        consoleLog = false;
        return this;
    }

    /** Channels besides those of the configuration. */
    public Boot with(Channel... more) {
        channels = List.of(more);
        return this;
    }

    /**
     * Starts the bot.
     *
     * @param codex gives the managed Codex, installed when first needed
     * @throws dev.chela.config.state.InstanceHeldException if another bot has the state directory
     * @throws dev.chela.channels.http.PortBusyException if the port is taken
     */
    public Chela start(Supplier<CodexInstallation> codex) {
        StateDirectory state = StateDirectory.open(stateDirectory);
        Redaction redaction = Redaction.of(loaded.secrets());
        LogSetup.start(
                state.logs(),
                loaded.config().logging().level().name(),
                consoleLog,
                redaction::everything);
        stages.done("config");
        Ground ground =
                Ground.open(
                        new LiveConfig(loaded.config()),
                        loaded.environment(),
                        new Secrets(loaded.config().secrets(), loaded.environment()),
                        state,
                        redaction);
        stages.done("database");
        boolean begun = false;
        try {
            LocalHttp http = http(ground, state);
            ground.lock().publishPort(http.port());
            stages.done("http");
            Chela chela = Chela.start(ground, http, codex, channels, stages);
            Health.mount(http, chela::isReady, () -> report(chela));
            begun = true;
            return chela;
        } finally {
            if (!begun) {
                ground.close();
            }
        }
    }

    private LocalHttp http(Ground ground, StateDirectory state) {
        Optional<Secret> configured =
                ground.secrets().resolve(loaded.config().gateway().auth().token());
        AccessToken token =
                configured
                        .map(AccessToken::of)
                        .orElseGet(
                                () ->
                                        AccessToken.keptIn(
                                                state.root().resolve("web-token"),
                                                new SecureRandom()));
        return LocalHttp.open(
                HttpSettings.loopback(port.orElse(loaded.config().gateway().port())),
                token,
                ground.timers());
    }

    private static String report(Chela chela) {
        return chela.channels().channels().all().stream()
                .map(
                        channel ->
                                "%s/%s %s\n"
                                        .formatted(
                                                channel.id(),
                                                channel.account(),
                                                channel.health().listening()
                                                        ? "listening"
                                                        : channel.health()
                                                                .problem()
                                                                .orElse("not listening yet")))
                .collect(Collectors.joining());
    }
}
