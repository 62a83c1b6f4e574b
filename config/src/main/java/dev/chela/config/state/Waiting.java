package dev.chela.config.state;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for a job with a deadline and throws what the job threw. */
final class Waiting {

    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private Waiting() {}

    static <T extends @Nullable Object> T forResult(String job, CompletableFuture<T> future) {
        try {
            return future.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while waiting for " + job, e);
        } catch (TimeoutException e) {
            String message = job + " did not finish within " + WAIT_MAX.toSeconds() + " s";
            throw new DatabaseException(message, e);
        } catch (ExecutionException e) {
            throw thrownBy(job, e);
        }
    }

    private static RuntimeException thrownBy(String job, ExecutionException failure) {
        Throwable cause = failure.getCause();
        return switch (cause) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new DatabaseException(job + " failed", cause);
        };
    }
}
