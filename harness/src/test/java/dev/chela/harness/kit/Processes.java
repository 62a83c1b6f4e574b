package dev.chela.harness.kit;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds processes by the words of their command and waits for their ends. */
public final class Processes {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Processes() {}

    /** Waits until a process runs exactly this command, {@code sleep 613}. */
    public static ProcessHandle await(String command) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var found = find(command);
            if (found.isPresent()) {
                return found.get();
            }
            Thread.onSpinWait();
            pause();
        }
        throw new AssertionError("no process runs: " + command);
    }

    private static Optional<ProcessHandle> find(String command) {
        var words = command.split(" ");
        var arguments = Arrays.copyOfRange(words, 1, words.length);
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(
                        it ->
                                it.info().command().orElse("").endsWith("/" + words[0])
                                        || it.info().command().orElse("").endsWith("/coreutils"))
                .filter(it -> Arrays.equals(it.info().arguments().orElse(new String[0]), arguments))
                .findFirst();
    }

    /** Waits until the process is gone. */
    public static void awaitGone(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still running: " + process.pid(), e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until no process runs exactly this command. */
    public static void awaitNone(String command) {
        find(command).ifPresent(Processes::awaitGone);
        find(command)
                .ifPresent(
                        it -> {
                            throw new AssertionError("another one runs: " + it.pid());
                        });
    }

    private static void pause() {
        // The process table has no event to wait for.
        CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS))
                .join();
    }
}
