package dev.chela.harness.kit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for one of two ends. */
final class Interruptible {

    private Interruptible() {}

    /** The value, or null when the interruption came first. */
    static <T> @Nullable T await(
            CompletableFuture<T> future, CompletableFuture<Void> interruption) {
        return await(future, interruption, Duration.ofMinutes(10));
    }

    /** The value, or null when the interruption or the limit came first. */
    static <T> @Nullable T await(
            CompletableFuture<T> future, CompletableFuture<Void> interruption, Duration limit) {
        try {
            CompletableFuture.anyOf(future, interruption)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new AssertionError("a tool of the imitated server broke", e.getCause());
        }
        return future.isDone() && !interruption.isDone() ? future.join() : null;
    }
}
