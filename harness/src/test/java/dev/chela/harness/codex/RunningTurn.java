package dev.chela.harness.codex;

import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.testing.SampleTurns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A turn on its way and what it told so far. */
final class RunningTurn {

    final TurnRequest request;
    private final List<TurnEvent> events = new ArrayList<>();
    private final CompletableFuture<TurnOutcome> outcome = new CompletableFuture<>();

    private RunningTurn(TurnRequest request) {
        this.request = request;
    }

    static RunningTurn start(CodexHarness harness, SessionKey session, String text) {
        return start(harness, request(session, text, ReplyMode.AUTOMATIC), false);
    }

    static RunningTurn recover(CodexHarness harness, TurnRequest request) {
        return start(harness, request, true);
    }

    static RunningTurn start(CodexHarness harness, TurnRequest request, boolean recover) {
        RunningTurn turn = new RunningTurn(request);
        Consumer<TurnEvent> ear = turn::heard;
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                turn.outcome.complete(
                                        recover
                                                ? harness.recover(request, ear)
                                                : harness.run(request, ear));
                            } catch (Throwable e) {
                                turn.outcome.completeExceptionally(e);
                            }
                        });
        return turn;
    }

    static TurnRequest request(SessionKey session, String text, ReplyMode mode) {
        TurnContext context =
                new TurnContext(
                        new TurnKey(UUID.randomUUID().toString()),
                        session,
                        SampleTurns.direct(),
                        mode,
                        List.of(1L));
        return new TurnRequest(
                context,
                new InputKey(UUID.randomUUID().toString()),
                Prompt.of(text),
                Optional.empty());
    }

    TurnKey key() {
        return request.turn().key();
    }

    TurnOutcome end() throws Exception {
        return outcome.get(60, TimeUnit.SECONDS);
    }

    String answer() throws Exception {
        TurnOutcome end = end();
        if (end instanceof TurnOutcome.Completed completed) {
            return completed.text().orElse("");
        }
        throw new AssertionError("the turn ended as " + end);
    }

    synchronized List<TurnEvent> events() {
        return List.copyOf(events);
    }

    synchronized void await(Predicate<TurnEvent> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (events.stream().noneMatch(wanted)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || outcome.isDone()) {
                throw new AssertionError("not heard; events " + events + ", end " + outcome);
            }
            wait(Math.min(left, 500));
        }
    }

    void await(Class<? extends TurnEvent> wanted) throws InterruptedException {
        await(wanted::isInstance);
    }

    private synchronized void heard(TurnEvent event) {
        events.add(event);
        notifyAll();
    }
}
