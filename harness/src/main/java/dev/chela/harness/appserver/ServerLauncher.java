package dev.chela.harness.appserver;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.DatabaseException;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.appserver.managed.CodexInstallation;
import dev.chela.harness.appserver.managed.CodexUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a connection out of settings: starts the agent's own process, or reaches a remote one. */
final class ServerLauncher {

    private static final Logger log = LoggerFactory.getLogger(ServerLauncher.class);

    private final ServerRows rows;
    private final Checkpoints checkpoints;
    private final StateDirectory state;
    private final Supplier<CodexInstallation> managed;
    private final Map<String, String> environment;
    private final LazyHttp http = new LazyHttp();
    private final DetachedServers detached;

    ServerLauncher(
            ServerRows rows,
            Checkpoints checkpoints,
            StateDirectory state,
            Supplier<CodexInstallation> managed,
            Map<String, String> environment) {
        this.rows = rows;
        this.checkpoints = checkpoints;
        this.state = state;
        this.managed = managed;
        this.environment = Map.copyOf(environment);
        this.detached = new DetachedServers(rows, checkpoints, http);
    }

    /**
     * Starts or reaches the agent's server once. A server of an earlier start on which a turn runs
     * comes first, whatever the settings say now: its hash shows that it is to be replaced.
     *
     * @throws AppServerException if that fails; nothing is left running then
     */
    Launched launch(String agentId, AppServerSettings settings, Duration startup) {
        Path home = state.codexHome(agentId);
        String hash = hash(agentId, settings);
        Duration requestTimeout = settings.requestTimeout();
        Optional<Launched> found = detached.found(agentId, home, hash, requestTimeout, startup);
        return found.orElseGet(() -> new Launched(fresh(agentId, home, settings, startup), hash));
    }

    /** A connection, and what its server was started with. */
    record Launched(ConnectedAppServer server, String hash) {}

    /** Ends a server that outlived an earlier start and works on nothing. */
    void endIdle(String agentId, Duration startup) {
        detached.endIdle(agentId, state.codexHome(agentId), startup);
    }

    private ConnectedAppServer fresh(
            String agentId, Path home, AppServerSettings settings, Duration startup) {
        if (settings.remote().isPresent()) {
            return reach(settings.remote().get(), settings, startup);
        }
        ServerCommand command = command(settings);
        Map<String, String> variables =
                ChildEnvironment.of(environment, home, settings.clearEnv(), command);
        var launch = new Launch(agentId, command, variables, home, hash(agentId, settings));
        return settings.outlivesBot()
                ? detached.started(launch, settings.requestTimeout(), startup)
                : start(launch, settings, startup);
    }

    /**
     * What one start needs.
     *
     * @param directory the agent's {@code CODEX_HOME}, also where it runs
     */
    record Launch(
            String agentId,
            ServerCommand command,
            Map<String, String> environment,
            Path directory,
            String hash) {}

    /** Names everything that makes a running server the wrong one when it changes. */
    String hash(String agentId, AppServerSettings settings) {
        var facts = new TreeMap<String, String>();
        facts.put("agent", agentId);
        facts.put("command", settings.command().orElse("managed"));
        facts.put("outlives", String.valueOf(settings.outlivesBot()));
        facts.put("args", String.join("\0", settings.args()));
        facts.put("clearEnv", String.join("\0", settings.clearEnv().stream().sorted().toList()));
        settings.remote()
                .ifPresent(
                        remote -> {
                            facts.put("url", remote.url().toString());
                            remote.authToken().ifPresent(t -> facts.put("token", t.reveal()));
                            remote.headers()
                                    .forEach((name, v) -> facts.put("h:" + name, v.reveal()));
                        });
        return ProcessIdentity.digest(facts.toString());
    }

    private ConnectedAppServer reach(
            AppServerSettings.Remote remote, AppServerSettings settings, Duration startup) {
        Transport transport =
                WebSocketTransport.connect(
                        http.get(), remote.url(), remote.authToken(), remote.headers(), startup);
        return ConnectedAppServer.introduce(
                transport,
                ConnectedAppServer.Peer.at(Place.of(remote.url())),
                settings.requestTimeout(),
                startup);
    }

    private ConnectedAppServer start(Launch launch, AppServerSettings settings, Duration startup) {
        // Ctrl-C in the bot's terminal must reach the bot alone, which lets turns finish first.
        ServerCommand command =
                ServerCommand.found("setsid", launch.environment())
                        .map(launch.command()::inSessionOf)
                        .orElse(launch.command());
        checkpoints.before("appserver.spawn");
        ChildServer child = ChildServer.start(command, launch.environment(), launch.directory());
        checkpoints.after("appserver.spawn");
        ProcessIdentity early = child.identity().early();
        var row = ServerRows.Row.of(launch.agentId(), early, "stdio", launch.hash());
        try {
            rows.insert(row);
        } catch (DatabaseException e) {
            child.stop();
            throw e;
        }
        var connected =
                ConnectedAppServer.introduce(
                        child.transport(() -> forget(row)),
                        child,
                        settings.requestTimeout(),
                        startup);
        try {
            rows.identify(row.id(), child.identity());
        } catch (DatabaseException e) {
            connected.close();
            throw e;
        }
        return connected;
    }

    private void forget(ServerRows.Row row) {
        try {
            rows.delete(row.id());
        } catch (DatabaseException e) {
            // The process is gone; the next start's sweep finds nothing and deletes the row.
            log.debug("the row of app-server pid={} stays: {}", row.process().pid(), e.toString());
        }
    }

    private ServerCommand command(AppServerSettings settings) {
        if (settings.command().isPresent()) {
            return ServerCommand.own(settings.command().get(), settings.args(), environment);
        }
        try {
            return ServerCommand.managed(managed.get(), settings.args());
        } catch (CodexUnavailableException e) {
            throw new ConnectionClosedException(String.valueOf(e.getMessage()), e);
        }
    }
}
