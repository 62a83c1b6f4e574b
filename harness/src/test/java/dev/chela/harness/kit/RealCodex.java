package dev.chela.harness.kit;

import dev.chela.harness.scripted.CodexHome;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real app-server with a scripted model behind it and nothing of this machine's user. */
public final class RealCodex {

    private RealCodex() {}

    /** A stage whose model knows the scripted phrases; closing it ends the model too. */
    public static Stage stage(Path directory) throws IOException {
        return stage(directory, ScriptedModel.start());
    }

    /** A stage on this model, which is closed with it. */
    public static Stage stage(Path directory, ScriptedModel model) throws IOException {
        CodexHome.forScriptedModel(directory.resolve("codex"), model.baseUrl());
        var command = List.of(binary().toString(), "app-server", "--listen", "stdio://");
        return new ProcessStage(directory, command, model::close);
    }

    /** The native binary; a missing one is a failure, never a skipped test. */
    public static Path binary() {
        var path =
                System.getProperty("chela.codex.bin", System.getenv("CHELA_CODEX_APP_SERVER_BIN"));
        if (path == null || !Files.isExecutable(Path.of(path))) {
            throw new AssertionError(
                    "no Codex binary: CHELA_CODEX_APP_SERVER_BIN is '" + path + "'");
        }
        return Path.of(path);
    }
}
