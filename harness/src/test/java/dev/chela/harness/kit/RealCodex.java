package dev.chela.harness.kit;

import dev.chela.harness.appserver.managed.InstallProgress;
import dev.chela.harness.appserver.managed.ManagedCodex;
import dev.chela.harness.appserver.managed.OldestCodex;
import dev.chela.harness.scripted.CodexHome;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The real app-server with a scripted model behind it and nothing of this machine's user. */
public final class RealCodex {

    private RealCodex() {}

    /** A stage whose model knows the scripted phrases; closing it ends the model too. */
    public static Stage stage(Path directory) throws IOException {
        return stage(directory, model());
    }

    /** A stage on this model, which is closed with it. */
    public static Stage stage(Path directory, ScriptedModel model) throws IOException {
        return stage(directory, model, binary());
    }

    /** A stage of the oldest Codex that Chela talks to. */
    public static Stage oldest(Path directory) throws IOException {
        return oldest(directory, model());
    }

    /** The same on this model, which is closed with it. */
    public static Stage oldest(Path directory, ScriptedModel model) throws IOException {
        return stage(directory, model, OldestCodex.install().executable());
    }

    private static ScriptedModel model() throws IOException {
        return ScriptedModel.builder().otherwise(new CutOnceMind()).start();
    }

    private static Stage stage(Path directory, ScriptedModel model, Path binary)
            throws IOException {
        CodexHome.forScriptedModel(directory.resolve("codex"), model.baseUrl());
        var command = List.of(binary.toString(), "app-server", "--listen", "stdio://");
        return new ProcessStage(directory, command, model::close);
    }

    /** A second server process on the {@code CODEX_HOME} of the stage in {@code directory}. */
    public static Stage beside(Path directory, Path workspaces) throws IOException {
        var command = List.of(binary().toString(), "app-server", "--listen", "stdio://");
        return new ProcessStage(workspaces, directory.resolve("codex"), command, () -> {});
    }

    /**
     * The native binary: the one that {@code CHELA_CODEX_APP_SERVER_BIN} names, else the managed
     * one, which is fetched if it is not there. One that cannot be had is a failure, never a
     * skipped test.
     */
    public static Path binary() {
        var named = System.getenv("CHELA_CODEX_APP_SERVER_BIN");
        if (named == null) {
            return ManagedCodex.of(System.getenv(), InstantSource.system())
                    .install(InstallProgress.silent())
                    .executable();
        }
        if (!Files.isExecutable(Path.of(named))) {
            throw new AssertionError("CHELA_CODEX_APP_SERVER_BIN is no program: " + named);
        }
        return Path.of(named);
    }
}
