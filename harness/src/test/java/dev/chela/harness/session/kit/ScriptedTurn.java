package dev.chela.harness.session.kit;

import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One turn of a {@link ScriptedHarness}, told by a test what happens. */
public final class ScriptedTurn {

    private static final long WAIT_SECONDS = 10;

    private final TurnRequest request;
    private final boolean recovered;
    private final BlockingQueue<Object> script = new LinkedBlockingQueue<>();
    private final BlockingQueue<Steer> steers = new LinkedBlockingQueue<>();
    private final BlockingQueue<TurnOutcome.Cause> interrupts = new LinkedBlockingQueue<>();
    private final AtomicReference<TurnOutcome> outcome = new AtomicReference<>();

    ScriptedTurn(TurnRequest request, boolean recovered) {
        this.request = request;
        this.recovered = recovered;
    }

    /** A text given to the running turn. */
    public record Steer(InputKey input, Prompt prompt) {}

    public TurnRequest request() {
        return request;
    }

    public List<Long> tickets() {
        return request.turn().tickets();
    }

    /** Whether it was asked for as one that an earlier process began. */
    public boolean isRecovered() {
        return recovered;
    }

    /** Lets the turn report {@code event}. */
    public void emit(TurnEvent event) {
        script.add(event);
    }

    /** Lets Codex take an input. */
    public void take(InputKey input) {
        emit(new TurnEvent.InputTaken(input));
    }

    /** Ends the turn. */
    public void end(TurnOutcome end) {
        script.add(end);
    }

    /** Ends the turn with an answer. */
    public void answer(String text) {
        end(new TurnOutcome.Completed(Optional.of(text), false, List.of()));
    }

    public TurnEvent.Started startedEvent() {
        return new TurnEvent.Started(
                new ThreadId("thread"), new TurnId("codex-" + request.turn().key()));
    }

    /** The next text it was steered with. */
    public Steer awaitSteer() throws InterruptedException {
        return next(steers, "steer");
    }

    /** The texts it was steered with that no test took yet. */
    public int steersWaiting() {
        return steers.size();
    }

    public TurnOutcome.Cause awaitInterrupt() throws InterruptedException {
        return next(interrupts, "interrupt");
    }

    boolean isOpen(TurnKey key) {
        return request.turn().key().equals(key) && outcome.get() == null;
    }

    void steered(Steer steer) {
        steers.add(steer);
    }

    void interrupted(TurnOutcome.Cause cause, boolean ends) {
        interrupts.add(cause);
        if (ends) {
            end(new TurnOutcome.Interrupted(cause, Optional.empty()));
        }
    }

    TurnOutcome play(Consumer<TurnEvent> events) {
        try {
            while (true) {
                Object next = script.take();
                if (next instanceof TurnOutcome end) {
                    outcome.set(end);
                    return end;
                }
                events.accept((TurnEvent) next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TurnOutcome.Interrupted(TurnOutcome.Cause.SHUTDOWN, Optional.empty());
        }
    }

    private <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
        T next = queue.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError(
                    "turn %s had no %s within %d s"
                            .formatted(request.turn().key(), what, WAIT_SECONDS));
        }
        return next;
    }
}
