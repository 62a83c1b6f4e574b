package dev.chela.bot;

import dev.chela.bot.web.PairingDesk;
import dev.chela.bot.web.SessionsDesk;
import dev.chela.bot.web.SignInDesk;
import dev.chela.channels.access.Pairings;
import dev.chela.config.ChelaConfig;
import dev.chela.config.Live;
import dev.chela.config.Secret;
import dev.chela.config.load.LoadResult;
import dev.chela.config.secret.Redaction;
import dev.chela.config.secret.Secrets;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.appserver.AppServerSettings;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.SupervisedAppServers;
import dev.chela.harness.appserver.managed.CodexInstallation;
import dev.chela.harness.auth.DeviceCode;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.codex.CodexAgents;
import dev.chela.harness.codex.ConfiguredAgents;
import dev.chela.harness.session.Archives;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.RestoreResult;
import dev.chela.harness.session.SessionUpkeep;
import dev.chela.harness.session.SessionViews;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.tools.ToolRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The state of a bot that does not run, for a command line that changes it: holds the instance lock
 * until closed, listens to nobody.
 */
public final class AtRest implements AutoCloseable {

    private final Ground ground;

    private AtRest(Ground ground) {
        this.ground = ground;
    }

    /**
     * Takes the lock.
     *
     * @throws dev.chela.config.state.InstanceHeldException if a bot runs after all
     */
    public static AtRest open(LoadResult.Loaded loaded, Path stateDirectory) {
        Redaction redaction = Redaction.of(loaded.secrets());
        return new AtRest(
                Ground.open(
                        loaded,
                        new Secrets(
                                loaded.config().secrets(), loaded.environment(), redaction::learn),
                        StateDirectory.open(stateDirectory),
                        redaction));
    }

    public PairingDesk pairings() {
        Pairings pairings =
                new Pairings(
                        ground.database(),
                        ground.timers(),
                        new SecureRandom(),
                        (approval, first) -> {});
        return new PairingDesk(pairings, owners(ground), _ -> false);
    }

    public SessionsDesk sessions() {
        return sessions(
                ground,
                new Archives(ground.database(), ground.timers())::restore,
                new SessionUpkeep(ground.database(), ground.timers())
                        .with(AgentRoom.files(ground)));
    }

    static SessionsDesk sessions(
            Ground ground, Function<String, RestoreResult> restore, SessionUpkeep upkeep) {
        return new SessionsDesk(
                new SessionViews(
                        ground.database(),
                        ground.config().section(config -> config.messages().queue())),
                new Archives(ground.database(), ground.timers()),
                new Transcripts(ground.database(), ground.timers()),
                restore,
                upkeep,
                ground.config().section(config -> config.session().maintenance()));
    }

    /** A desk that starts an app-server of its own for each sign-in, which ends with it. */
    public SignInDesk signIn(Supplier<CodexInstallation> installation) {
        Live<AppServerSettings> settings = AgentRoom.settings(ground);
        return (key, show) -> {
            try (AppServers servers = servers(settings, installation)) {
                signIn(codex(servers), ground, key, show);
            }
            // One that outlives its bot was left as well: opening again ends what works on nothing.
            servers(settings, installation).close();
        };
    }

    /** Ends app-servers that an earlier bot left running, also those that may outlive it. */
    public void endServers() {
        SupervisedAppServers.endAll(ground.database());
    }

    @Override
    public void close() {
        ground.close();
    }

    static Live<List<String>> owners(Ground ground) {
        return ground.config().section(config -> config.commands().ownerAllowFrom());
    }

    /** Signs the default agent in: with what was given, else by code. */
    static void signIn(
            Codex codex, Ground ground, Optional<Secret> key, Consumer<DeviceCode> show) {
        key.ifPresent(ground.redaction()::learn);
        ChelaConfig config = ground.config().get();
        String agent = config.agents().defaultAgent().id();
        if (key.isPresent()) {
            codex.loginApiKey(agent, key.get());
        } else {
            codex.loginDeviceCode(agent, show, SignInDesk.PATIENCE);
        }
    }

    private Codex codex(AppServers servers) {
        CodexAgents agents =
                new ConfiguredAgents(
                        ground.config().section(ChelaConfig::agents),
                        ground.config().section(config -> config.plugins().codex()),
                        ground.state().root());
        return new Codex(
                servers,
                agents,
                new Bindings(ground.database()),
                new Transcripts(ground.database(), ground.timers()),
                new ToolRegistry(List.of(), Set.of()),
                SignIn.withoutKeys(),
                ground.timers());
    }

    private AppServers servers(
            Live<AppServerSettings> settings, Supplier<CodexInstallation> installation) {
        return SupervisedAppServers.open(
                settings,
                ground.database(),
                ground.checkpoints(),
                ground.state(),
                installation,
                ground.environment().asMap(),
                ground.timers());
    }
}
