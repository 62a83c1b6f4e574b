package dev.chela.harness.kit;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.WireClient;
import dev.chela.harness.scripted.ScriptedMind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The imitated app-server, in memory. */
public final class ImitatedStage implements Stage {

    private final Path home;
    private final Path workspace;
    private final ScriptedMind mind;
    private @Nullable ImitatedCodex codex;
    private @Nullable AppServer client;

    public ImitatedStage(Path directory) throws IOException {
        this(directory, new CutOnceMind());
    }

    public ImitatedStage(Path directory, ScriptedMind mind) throws IOException {
        home = Files.createDirectories(directory.resolve("codex"));
        workspace = Files.createDirectories(directory.resolve("workspace"));
        this.mind = mind;
    }

    @Override
    public synchronized AppServer server() {
        var open = client;
        if (open != null && !open.isOpen()) {
            kill();
            open = null;
        }
        if (open == null) {
            try {
                var fresh = new ImitatedCodex(home, mind);
                codex = fresh;
                open = WireClient.open(fresh.connect());
                client = open;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return open;
    }

    /** The server behind {@link #server}. */
    public synchronized ImitatedCodex codex() {
        server();
        if (codex == null) {
            throw new IllegalStateException("no server runs");
        }
        return codex;
    }

    @Override
    public synchronized void kill() {
        if (codex != null) {
            codex.kill();
        }
        if (client != null) {
            client.close();
        }
        codex = null;
        client = null;
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public void close() {
        kill();
    }
}
