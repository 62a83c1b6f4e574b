package dev.chela.harness.kit;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An app-server that is a process of its own, spoken to over its standard input and output. */
public final class ProcessStage implements Stage {

    private final Path directory;
    private final Path codexHome;
    private final Path workspace;
    private final List<String> command;
    private final Runnable onClose;
    private @Nullable Process process;
    private @Nullable AppServer client;

    /**
     * @param directory holds {@code codex} (the {@code CODEX_HOME}), {@code home} and {@code
     *     workspace}
     * @param onClose what else ends with the stage
     */
    ProcessStage(Path directory, List<String> command, Runnable onClose) throws IOException {
        this(directory, directory.resolve("codex"), command, onClose);
    }

    ProcessStage(Path directory, Path codexHome, List<String> command, Runnable onClose)
            throws IOException {
        this.directory = directory;
        this.codexHome = codexHome;
        this.command = List.copyOf(command);
        this.onClose = onClose;
        workspace = Files.createDirectories(directory.resolve("workspace"));
        Files.createDirectories(directory.resolve("home"));
        Files.createDirectories(codexHome);
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
                var builder = new ProcessBuilder(command).directory(workspace.toFile());
                var environment = builder.environment();
                var path = environment.get("PATH");
                environment.clear();
                environment.put("PATH", path);
                environment.put("HOME", directory.resolve("home").toString());
                environment.put("CODEX_HOME", codexHome.toString());
                // A pipe that nobody reads would stop the server one day.
                builder.redirectError(directory.resolve("stderr.log").toFile());
                var started = builder.start();
                process = started;
                open =
                        WireClient.open(
                                new StreamWire(
                                        started.getInputStream(), started.getOutputStream()));
                client = open;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return open;
    }

    @Override
    public synchronized void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                if (!running.waitFor(10, TimeUnit.SECONDS)) {
                    throw new AssertionError("the app-server survived kill -9");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (client != null) {
            client.close();
        }
        process = null;
        client = null;
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public void close() {
        kill();
        onClose.run();
    }
}
