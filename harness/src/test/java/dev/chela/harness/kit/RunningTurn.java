package dev.chela.harness.kit;

import dev.chela.harness.AgentHarness;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
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

    private final TurnRequest request;
    private final List<TurnEvent> events = new ArrayList<>();
    private final CompletableFuture<TurnOutcome> outcome = new CompletableFuture<>();

    /** A new turn. */
    public static RunningTurn start(AgentHarness harness, TurnRequest request) {
        return new RunningTurn(request, events -> harness.run(request, events));
    }

    /** A turn that an earlier process began. */
    public static RunningTurn recover(AgentHarness harness, TurnRequest request) {
        return new RunningTurn(request, events -> harness.recover(request, events));
    }

    private RunningTurn(TurnRequest request, Function<Consumer<TurnEvent>, TurnOutcome> work) {
        this.request = request;
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

    public TurnRequest request() {
        return request;
    }

    public TurnKey key() {
        return request.turn().key();
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

    /** Waits for an event of this type. */
    public <T extends TurnEvent> T await(Class<T> type) {
        return await(type, _ -> true);
    }

    /** Waits for the end; what was answered, empty if nothing. */
    public String answer() {
        return switch (outcome()) {
            case TurnOutcome.Completed completed -> completed.text().orElse("");
            case TurnOutcome other -> throw new AssertionError("the turn ended as " + other);
        };
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
