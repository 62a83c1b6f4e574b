package dev.chela.harness.appserver;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process with everything it started: asks first, then kills. */
final class ProcessTree {

    private final ProcessHandle root;

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /** Returns when it is gone; after {@code patience} it is killed. */
    void end(Duration patience) {
        List<ProcessHandle> below = root.descendants().toList();
        root.destroy();
        if (!gone(root, patience)) {
            root.destroyForcibly();
            gone(root, patience);
        }
        // A handle knows its process by start time, too: a reused pid is safe.
        below.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean gone(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
