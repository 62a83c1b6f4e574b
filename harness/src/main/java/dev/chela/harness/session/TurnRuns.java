package dev.chela.harness.session;

import dev.chela.harness.AgentHarness;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a lane has a turn run without waiting for it. */
@FunctionalInterface
interface TurnRuns {

    /** Whether a turn is new or was begun by an earlier process. */
    enum Start {
        NEW,
        AGAIN
    }

    /** Begins it; {@code end} is called once, after the last event. */
    void start(
            Supplier<TurnRequest> request,
            Start how,
            Consumer<TurnEvent> events,
            Consumer<TurnOutcome> end);

    /** Runs each turn on a thread of its own. */
    static TurnRuns on(Executor executor, AgentHarness harness) {
        return (request, how, events, end) ->
                executor.execute(() -> end.accept(run(harness, request, how, events)));
    }

    /** The same runs; from {@code left} on nothing more is heard of them. */
    static TurnRuns until(BooleanSupplier left, TurnRuns runs) {
        return (request, how, events, end) ->
                runs.start(
                        request,
                        how,
                        event -> {
                            if (!left.getAsBoolean()) {
                                events.accept(event);
                            }
                        },
                        outcome -> {
                            if (!left.getAsBoolean()) {
                                end.accept(outcome);
                            }
                        });
    }

    private static TurnOutcome run(
            AgentHarness harness,
            Supplier<TurnRequest> request,
            Start how,
            Consumer<TurnEvent> events) {
        Logger log = LoggerFactory.getLogger(TurnRuns.class);
        try {
            return switch (how) {
                case NEW -> harness.run(request.get(), events);
                case AGAIN -> harness.recover(request.get(), events);
            };
        } catch (Exception | Error e) {
            // Whatever it was: a turn of which nobody hears holds its lane for ever.
            log.error("session.run failed", e);
            return new TurnOutcome.Failed(
                    TurnOutcome.Failure.INTERNAL,
                    "Something broke inside Chela while it worked on this; its log has the details."
                            + " Work may have been done: check before you ask again.");
        }
    }
}
