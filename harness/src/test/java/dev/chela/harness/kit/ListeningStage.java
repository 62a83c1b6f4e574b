package dev.chela.harness.kit;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.WireClient;
import dev.chela.harness.appserver.managed.OldestCodex;
import dev.chela.harness.scripted.CodexHome;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The real app-server listening on a WebSocket of this machine, for several clients at once. */
public final class ListeningStage implements Stage {

    private static final Duration START = Duration.ofSeconds(30);

    private final ScriptedModel model;
    private final Process process;
    private final URI url;
    private final Path workspace;
    private AppServer client;

    public ListeningStage(Path directory) throws IOException {
        this(directory, RealCodex.binary());
    }

    private ListeningStage(Path directory, Path binary) throws IOException {
        model = ScriptedModel.start();
        CodexHome.forScriptedModel(directory.resolve("codex"), model.baseUrl());
        workspace = Files.createDirectories(directory.resolve("workspace"));
        Path home = Files.createDirectories(directory.resolve("home"));
        url = URI.create("ws://127.0.0.1:" + freePort());
        var builder =
                new ProcessBuilder(
                        List.of(binary.toString(), "app-server", "--listen", url.toString()));
        var environment = builder.environment();
        var path = environment.get("PATH");
        environment.clear();
        environment.put("PATH", path);
        environment.put("HOME", home.toString());
        environment.put("CODEX_HOME", directory.resolve("codex").toString());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        process = builder.start();
        client = another();
    }

    /** One of the oldest Codex that Chela talks to. */
    public static ListeningStage oldest(Path directory) throws IOException {
        return new ListeningStage(directory, OldestCodex.install().executable());
    }

    /** What the server asks for its answers. */
    public ScriptedModel model() {
        return model;
    }

    /** One more client, which whoever asked for it closes. */
    public AppServer another() {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                return WireClient.open(url);
            } catch (AppServerException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw e;
                }
                // Not listening yet, and there is nothing to be told by.
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    @Override
    public synchronized AppServer server() {
        if (!client.isOpen()) {
            client = another();
        }
        return client;
    }

    /** Ends the connection; the server goes on. */
    @Override
    public void kill() {
        client.close();
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly();
        model.close();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
