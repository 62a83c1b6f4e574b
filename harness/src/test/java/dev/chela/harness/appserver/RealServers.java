package dev.chela.harness.appserver;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.StateDirectory;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.appserver.managed.CodexInstallation;
import dev.chela.harness.appserver.managed.InstallProgress;
import dev.chela.harness.appserver.managed.ManagedCodex;
import dev.chela.harness.appserver.managed.OldestCodex;
import dev.chela.harness.scripted.CodexHome;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The real app-server with a scripted model behind it, on a state directory of its own. */
public final class RealServers implements AutoCloseable {

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final AtomicReference<AppServerSettings> settings =
            new AtomicReference<>(AppServerSettings.managed());
    private final Path root;
    private final StateDirectory state;
    private final ScriptedModel model;
    private SupervisedAppServers servers;

    public RealServers(Path root) {
        this.root = root;
        this.state = StateDirectory.open(root.resolve("state"));
        try {
            Files.createDirectories(root.resolve("home"));
            this.model = ScriptedModel.start();
            CodexHome.forScriptedModel(state.codexHome("main"), model.baseUrl());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.servers = open();
    }

    /**
     * The pinned binary, downloaded now if it is missing; with {@code -Dchela.codex=oldest} the
     * oldest one that Chela talks to.
     */
    public static CodexInstallation codex() {
        return "oldest".equals(System.getProperty("chela.codex"))
                ? OldestCodex.install()
                : ManagedCodex.of(System.getenv(), InstantSource.system())
                        .install(InstallProgress.silent());
    }

    public AppServers servers() {
        return servers;
    }

    public AppServer attach() {
        return servers.attach("main");
    }

    public void set(AppServerSettings changed) {
        settings.set(changed);
    }

    public Path workspace() {
        return state.workspace();
    }

    public StateDirectory state() {
        return state;
    }

    public TestDatabase database() {
        return database;
    }

    /** As a restart of the bot would, orphan sweep included; the old servers are left alone. */
    public void reopen() {
        servers = open();
    }

    @Override
    public void close() {
        servers.close();
        closeState();
    }

    /** What the servers stand on; for those that were closed one by one. */
    void closeState() {
        model.close();
        database.close();
    }

    private SupervisedAppServers open() {
        return SupervisedAppServers.open(
                settings::get,
                database,
                Checkpoints.none(),
                state,
                RealServers::codex,
                environment(root.resolve("home")),
                InstantSource.system());
    }

    /** Ours with an empty {@code HOME}: a shell profile must not run in tests. */
    static Map<String, String> environment(Path home) {
        var environment = new HashMap<>(System.getenv());
        environment.put("HOME", home.toString());
        return environment;
    }
}
