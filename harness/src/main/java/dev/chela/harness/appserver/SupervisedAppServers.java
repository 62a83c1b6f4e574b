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
     * Ends what an earlier run left, but what may outlive it, then is ready; starts no server yet.
     * The caller holds the instance lock of {@code state}.
     *
     * @param managed gives the Codex that Chela brings, installing it if need be
     * @param environment what children inherit
     */
    public static SupervisedAppServers open(
            Live<AppServerSettings> settings,
            Database database,
            Checkpoints checkpoints,
            StateDirectory state,
            Supplier<CodexInstallation> managed,
            Map<String, String> environment,
            InstantSource clock) {
        var rows = new ServerRows(database);
        boolean outliving = settings.get().outlivesBot();
        new OrphanSweep(rows).run(row -> outliving && row.detached());
        var launcher = new ServerLauncher(rows, checkpoints, state, managed, environment);
        return new SupervisedAppServers(settings, launcher, clock);
    }

    @Override
    public AppServer attach(String agentId) {
        return agents.computeIfAbsent(agentId, id -> new AgentServer(id, launcher, clock))
                .attach(settings.get());
    }

    @Override
    public List<AppServerHealth> health() {
        return agents.values().stream().map(AgentServer::health).toList();
    }

    @Override
    public void close() {
        agents.values().forEach(AgentServer::close);
    }
}
