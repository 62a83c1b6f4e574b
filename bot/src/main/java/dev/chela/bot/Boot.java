package dev.chela.bot;

import dev.chela.bot.log.LogSetup;
import dev.chela.bot.web.Controls;
import dev.chela.bot.web.Health;
import dev.chela.bot.web.Metrics;
import dev.chela.bot.web.PairingDesk;
import dev.chela.bot.web.Readiness;
import dev.chela.channels.Channel;
import dev.chela.channels.http.AccessToken;
import dev.chela.channels.http.HttpSettings;
import dev.chela.channels.http.LocalHttp;
import dev.chela.config.ChelaConfig;
import dev.chela.config.GatewayConfig;
import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import dev.chela.config.load.LoadResult;
import dev.chela.config.secret.Redaction;
import dev.chela.config.secret.Secrets;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.appserver.managed.CodexInstallation;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a loaded configuration to a living bot. */
public final class Boot {

    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);
    private static final List<String> CODEX_KEYS = List.of("CODEX_API_KEY", "OPENAI_API_KEY");

    private final LoadResult.Loaded loaded;
    private final Path stateDirectory;
    private final Stages stages;
    private OptionalInt port = OptionalInt.empty();
    private boolean consoleLog = true;
    private List<Channel> channels = List.of();
    private Runnable stop = () -> {};

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

    /** What ends the process when the command line asks for it; returns at once. */
    public Boot whenAskedToStop(Runnable ending) {
        stop = ending;
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
        CODEX_KEYS.forEach(
                name ->
                        loaded.environment()
                                .get(name)
                                .ifPresent(key -> redaction.learn(Secret.of(key))));
        LogSetup.start(state.logs(), loaded.config().logging(), consoleLog, redaction);
        loaded.warnings().forEach(warning -> LOG.warn("config {}", warning));
        stages.done("config");
        Ground ground =
                Ground.open(
                        loaded,
                        new Secrets(
                                loaded.config().secrets(), loaded.environment(), redaction::learn),
                        state,
                        redaction);
        stages.done("database");
        boolean begun = false;
        try {
            LocalHttp http = http(ground, state);
            ground.lock().publishPort(http.port());
            stages.done("port");
            Chela chela = new Chela(ground, http, codex, channels, stages);
            Readiness readiness =
                    new Readiness(
                            chela::hasBegun,
                            ground.config().section(ChelaConfig::channels)::get,
                            chela.channels().channels()::status);
            Health.mount(http, readiness);
            mount(chela, http, readiness);
            chela.start();
            begun = true;
            return chela;
        } finally {
            if (!begun) {
                ground.close();
            }
        }
    }

    private LocalHttp http(Ground ground, StateDirectory state) {
        GatewayConfig gateway = loaded.config().gateway();
        Optional<SecretInput> written = gateway.auth().secret();
        Optional<Secret> configured =
                ground.secrets().resolve(written).filter(secret -> !secret.reveal().isBlank());
        if (written.isPresent() && configured.isEmpty()) {
            LOG.error(
                    "gateway.auth: what it refers to cannot be found; the token in the file"
                            + " web-token of the state directory opens instead");
        }
        AccessToken token =
                configured
                        .map(AccessToken::of)
                        .orElseGet(
                                () ->
                                        AccessToken.keptIn(
                                                state.root().resolve("web-token"),
                                                new SecureRandom()));
        ground.redaction().learn(token.token());
        return LocalHttp.bind(
                HttpSettings.of(gateway).withPort(port.orElse(gateway.port())),
                token,
                ground.timers());
    }

    private void mount(Chela chela, LocalHttp http, Readiness readiness) {
        Ground ground = chela.ground();
        Metrics.mount(http, new LivingVitals(chela));
        new Controls(
                        new PairingDesk(
                                chela.channels().pairings(),
                                AtRest.owners(ground),
                                chela.channels()::welcome),
                        (key, show) -> AtRest.signIn(chela.agents().codex(), ground, key, show),
                        AtRest.sessions(
                                ground,
                                chela.agents().sessions()::restore,
                                chela.agents().upkeep()),
                        () -> status(chela, readiness),
                        stop,
                        ground.redaction()::known)
                .mount(http);
    }

    private static Node.Obj status(Chela chela, Readiness readiness) {
        return Node.Obj.empty()
                .with("ready", new Node.Bool(readiness.isReady(), Span.NOWHERE))
                .with("address", Node.Text.of(chela.address().toString()))
                .with("turns", number(chela.agents().sessions().working()))
                .with("configWarnings", number(chela.ground().warnings().size()))
                .with("waitingPairings", number(chela.channels().pairings().pending().size()))
                .with("channels", readiness.json());
    }

    private static Node.Num number(long value) {
        return new Node.Num(BigDecimal.valueOf(value), Span.NOWHERE);
    }
}
