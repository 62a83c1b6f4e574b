package dev.chela.harness.appserver;

import dev.chela.harness.Legible;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** An app-server as our child: it ends when its standard input ends, so it cannot outlive us. */
final class ChildServer implements ConnectedAppServer.Peer {

    private static final Duration EOF_PATIENCE = Duration.ofMillis(500);
    private static final Duration TERM_PATIENCE = Duration.ofSeconds(2);
    private static final int SHOWN_CHARS_MAX = 500;

    private final Process process;
    private final StderrTail stderr;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private ChildServer(Process process) {
        this.process = process;
        this.stderr = new StderrTail(process.getErrorStream());
    }

    /**
     * Starts it.
     *
     * @throws ConnectionClosedException if the program cannot be started
     */
    static ChildServer start(
            ServerCommand command, Map<String, String> environment, Path workingDirectory) {
        var line = new ArrayList<String>();
        line.add(command.executable().toString());
        line.addAll(command.args());
        var builder = new ProcessBuilder(line).directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new ChildServer(builder.start());
        } catch (IOException e) {
            throw new ConnectionClosedException(
                    "the app-server cannot be started: %s".formatted(e.getMessage()), e);
        }
    }

    /**
     * Its standard input and output; closing the transport ends the process.
     *
     * @param afterwards what to do when it is gone
     */
    Transport transport(Runnable afterwards) {
        Runnable onClose =
                () -> {
                    stop();
                    afterwards.run();
                };
        return new StreamTransport(
                process.getInputStream(), process.getOutputStream(), this::lastWords, onClose);
    }

    /** As it is now: what starts it may still become another program. */
    ProcessIdentity identity() {
        return ProcessIdentity.of(process.toHandle());
    }

    /** It ends with its input. */
    @Override
    public boolean livesOn() {
        return false;
    }

    @Override
    public Optional<Long> pid() {
        return Optional.of(process.pid());
    }

    @Override
    public String stderrTail() {
        return stderr.text();
    }

    /** Ends it with everything it started; returns when it is gone. Idempotent. */
    void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        var tree = new ProcessTree(process.toHandle());
        var below = process.descendants().toList();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It may have closed its end first.
        }
        if (!exited(EOF_PATIENCE)) {
            tree.end(TERM_PATIENCE);
        }
        below.forEach(ProcessHandle::destroyForcibly);
    }

    private String lastWords() {
        boolean exited = exited(Duration.ofSeconds(1));
        try {
            stderr.awaitEnd(exited ? 200 : 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String tail = stderr.text();
        String end =
                Legible.redacted(
                        tail.substring(Math.max(0, tail.length() - SHOWN_CHARS_MAX)),
                        SHOWN_CHARS_MAX);
        String how = exited ? "it exited with code " + process.exitValue() : "it closed its output";
        return end.isEmpty() ? how : how + "; its last words: " + end;
    }

    private boolean exited(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
