package dev.chela.harness.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A command that the imitated server really runs. */
final class ShellRun {

    private static final int OUTPUT_MAX = 1_000_000;

    /** Runs {@code $1} in a process group that dies when our end of the input pipe closes. */
    private static final String WRAPPER =
            """
            exec 3<&0 </dev/null
            set -m
            bash -c "$1" 3<&- &
            command=$!
            { cat <&3; kill -9 -- -$command; } >/dev/null 2>&1 &
            guard=$!
            wait $command
            code=$?
            kill -9 -- -$guard 2>/dev/null
            exit $code
            """;

    private final Process process;
    private final StringBuilder output = new StringBuilder();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private int shown;

    ShellRun(String command, Path cwd) throws IOException {
        process =
                new ProcessBuilder("/bin/bash", "-c", WRAPPER, "shell-run", command)
                        .directory(cwd.toFile())
                        .redirectErrorStream(true)
                        .start();
    }

    /** Passes on its output and, before {@link #ended}, its exit code. */
    void follow(Consumer<String> lines, IntConsumer exit) {
        Thread.ofVirtual().name("shell-run").start(() -> read(lines, exit));
    }

    private void read(Consumer<String> lines, IntConsumer exit) {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                append(line + "\n");
                lines.accept(line + "\n");
            }
        } catch (IOException e) {
            append("(output lost: " + e.getMessage() + ")");
        }
        try {
            var code = process.waitFor();
            exit.accept(code);
            ended.complete(code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended.complete(-1);
        }
    }

    private synchronized void append(String text) {
        if (output.length() + text.length() <= OUTPUT_MAX) {
            output.append(text);
        }
    }

    /** Ends when the command has ended and all its output is known. */
    CompletableFuture<Integer> ended() {
        return ended;
    }

    long pid() {
        return process.pid();
    }

    synchronized String output() {
        return output.toString();
    }

    /** What came since the last time this was asked. */
    synchronized String fresh() {
        var text = output.substring(shown);
        shown = output.length();
        return text;
    }

    /** Ends the command and what it started, and waits for it. */
    void kill() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
        ended.copy()
                .orTimeout(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> -1)
                .join();
    }
}
