package dev.chela.harness.kit;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A turn that a harness runs for a test, its events so far and its outcome. */
public final class RunningTurn implements Consumer<TurnEvent> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TurnKey key;
    private final List<TurnEvent> events = new ArrayList<>();
    private final CompletableFuture<TurnOutcome> outcome = new CompletableFuture<>();

    /** Runs {@code work} on a thread of its own. */
    RunningTurn(TurnKey key, Function<Consumer<TurnEvent>, TurnOutcome> work) {
        this.key = key;
        Thread.ofVirtual()
                .name("running-turn")
                .start(
                        () -> {
                            try {
                                outcome.complete(work.apply(this));
                            } catch (RuntimeException | AssertionError e) {
                                // A harness that throws must not leave the test waiting.
                                outcome.completeExceptionally(e);
                            }
                        });
    }

    public TurnKey key() {
        return key;
    }

    @Override
    public void accept(TurnEvent event) {
        synchronized (events) {
            events.add(event);
            events.notifyAll();
        }
    }

    /** The events so far. */
    public List<TurnEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    public <T extends TurnEvent> List<T> events(Class<T> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits for an event of this type that fits. */
    public <T extends TurnEvent> T await(Class<T> type, Predicate<T> fits) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (events) {
            while (true) {
                var found =
                        events.stream()
                                .filter(type::isInstance)
                                .map(type::cast)
                                .filter(fits)
                                .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                if (System.nanoTime() > end) {
                    throw new AssertionError("waited in vain for " + type + "; seen " + events);
                }
                try {
                    events.wait(1_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            }
        }
    }

    public boolean isOver() {
        return outcome.isDone();
    }

    /** Waits for the end. */
    public TurnOutcome outcome() {
        try {
            return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the turn did not end; seen " + events(), e);
        } catch (ExecutionException e) {
            throw new AssertionError("the harness threw", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
