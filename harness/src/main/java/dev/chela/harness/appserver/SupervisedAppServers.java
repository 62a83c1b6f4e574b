package dev.chela.harness.appserver;

import dev.chela.config.Live;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.Database;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.appserver.managed.CodexInstallation;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The app-servers of a running bot. */
public final class SupervisedAppServers implements AppServers {

    private final Live<AppServerSettings> settings;
    private final ServerLauncher launcher;
    private final InstantSource clock;
    private final Map<String, AgentServer> agents = new ConcurrentHashMap<>();

    private SupervisedAppServers(
            Live<AppServerSettings> settings, ServerLauncher launcher, InstantSource clock) {
        this.settings = settings;
        this.launcher = launcher;
        this.clock = clock;
    }

    /**
     * Ends what an earlier run left, but a server that outlived it and still works on a turn, then
     * is ready; starts no server yet. The caller holds the instance lock of {@code state}.
     *
     * @param managed gives the Codex that Chela brings, installing it if need be
     * @param environment what children inherit
     * @throws AppServerException if servers are to outlive the bot and cannot, with the reason
     */
    public static SupervisedAppServers open(
            Live<AppServerSettings> settings,
            Database database,
            Checkpoints checkpoints,
            StateDirectory state,
            Supplier<CodexInstallation> managed,
            Map<String, String> environment,
            InstantSource clock) {
        AppServerSettings now = settings.get();
        if (now.outlivesBot()) {
            DetachedServers.requireSessions(environment);
        }
        var rows = new ServerRows(database);
        new OrphanSweep(rows).run(ServerRows.Row::detached);
        var launcher = new ServerLauncher(rows, checkpoints, state, managed, environment);
        var servers = new SupervisedAppServers(settings, launcher, clock);
        rows.all().stream()
                .map(ServerRows.Row::agent)
                .distinct()
                .forEach(agent -> servers.agent(agent).tidyUp(now.startup()));
        return servers;
    }

    /** Ends every server that an earlier run left, also one that works on a turn. */
    public static void endAll(Database database) {
        new OrphanSweep(new ServerRows(database)).run(row -> false);
    }

    @Override
    public AppServer attach(String agentId) {
        return agent(agentId).attach(settings.get());
    }

    private AgentServer agent(String agentId) {
        return agents.computeIfAbsent(
                agentId, id -> new AgentServer(id, launcher, clock, AgentServer.PROBE_DEADLINE));
    }

    @Override
    public List<AppServerHealth> health() {
        return agents.values().stream().map(AgentServer::health).toList();
    }

    @Override
    public void boundOutput() {
        agents.values().forEach(AgentServer::boundOutput);
    }

    @Override
    public void close() {
        boolean leave = outliving();
        agents.values().forEach(agent -> agent.close(leave));
    }

    /** A stop must not fail for a secret that is gone meanwhile; then nothing is cut. */
    private boolean outliving() {
        try {
            return settings.get().outlivesBot();
        } catch (AppServerException e) {
            return true;
        }
    }
}
