package dev.chela.bot.cli;

import dev.chela.bot.AtRest;
import dev.chela.config.Secret;
import dev.chela.config.json5.Node;
import dev.chela.config.load.LoadResult;
import dev.chela.harness.appserver.managed.CodexInstallation;
import dev.chela.harness.appserver.managed.ManagedCodex;
import dev.chela.harness.auth.DeviceCode;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** The desks of a bot that does not run. */
record RestingBot(AtRest state, LoadResult.Loaded loaded) implements Desks {

    static RestingBot open(Surroundings here) {
        LoadResult.Loaded loaded = here.load();
        return new RestingBot(AtRest.open(loaded, here.location().stateDirectory()), loaded);
    }

    @Override
    public Node.Obj pairings() {
        return state.pairings().list();
    }

    @Override
    public Optional<Node.Obj> approve(
            String channel, String code, Optional<String> account, boolean notify) {
        return state.pairings().approve(channel, code, account, notify);
    }

    @Override
    public void signIn(Optional<Secret> key, Consumer<DeviceCode> show) {
        state.signIn(this::codex).signIn(key, show);
    }

    @Override
    public Node.Obj sessions() {
        return state.sessions().list();
    }

    @Override
    public Node.Obj restore(String id) {
        return state.sessions().restore(id);
    }

    @Override
    public Optional<Node.Obj> export(String session) {
        return state.sessions().export(session);
    }

    @Override
    public Node.Obj cleanup(boolean enforce) {
        return state.sessions().cleanup(enforce);
    }

    private CodexInstallation codex() {
        Download progress = new Download(System.err, System.console() != null);
        ManagedCodex managed = ManagedCodex.of(loaded.environment().asMap(), Clock.systemUTC());
        CodexInstallation codex = managed.install(progress);
        progress.end();
        return codex;
    }

    @Override
    public void close() {
        state.close();
    }
}
