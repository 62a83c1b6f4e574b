package dev.chela.harness.session.kit;

import dev.chela.config.state.DatabaseException;
import dev.chela.harness.InputEnd;
import dev.chela.harness.Prompt;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnDesk;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A desk that remembers what it was told, in order; {@code m<ticket>} is every message's text. */
public final class RecordingDesk implements TurnDesk {

    private static final long WAIT_SECONDS = 10;

    private final List<Finished> finished = new ArrayList<>();
    private final Map<Long, InputEnd> ended = new HashMap<>();
    private final List<TurnEvent> progress = new ArrayList<>();
    private final List<Prompt> taken = new ArrayList<>();
    private final List<Long> renewed = new ArrayList<>();
    private Map<String, Long> surroundings = Map.of();
    private int refusals;
    private boolean swallowing;

    /** An outcome it took. */
    public record Finished(TurnContext turn, TurnOutcome outcome) {

        public List<Long> tickets() {
            return turn.tickets();
        }
    }

    /** The next {@code times} hand-overs fail. */
    public synchronized void refuse(int times) {
        refusals = times;
    }

    /** The next hand-over never ends. */
    public synchronized void swallow() {
        swallowing = true;
    }

    /** Waits until a hand-over began that never ends. */
    public synchronized void awaitSwallowed() throws InterruptedException {
        await(() -> !swallowing, "a hand-over");
    }

    /** From now on every prompt shows that ticket {@code upTo} was said around it. */
    public synchronized void surround(long upTo) {
        surroundings = upTo == 0 ? Map.of() : Map.of("around", upTo);
    }

    @Override
    public synchronized Prompt read(List<Long> tickets) {
        return new Prompt(
                tickets.stream().map(this::words).collect(Collectors.joining("\n")),
                List.of(),
                surroundings);
    }

    @Override
    public String words(long ticket) {
        return "m" + ticket;
    }

    @Override
    public synchronized void taken(Prompt prompt) {
        taken.add(prompt);
        notifyAll();
    }

    @Override
    public synchronized void renewed(Source source, long ticket) {
        renewed.add(ticket);
        notifyAll();
    }

    /** The tickets before which a session began anew. */
    public synchronized List<Long> renewed() {
        return List.copyOf(renewed);
    }

    /** The prompts that were said to be taken, as soon as there are {@code count}. */
    public synchronized List<Prompt> awaitTaken(int count) throws InterruptedException {
        await(() -> taken.size() >= count, count + " taken prompts, only " + taken);
        return List.copyOf(taken);
    }

    @Override
    public synchronized void progress(TurnContext turn, TurnEvent event) {
        progress.add(event);
        notifyAll();
    }

    @Override
    public void finished(TurnContext turn, TurnOutcome outcome) {
        if (isSwallowed()) {
            new CompletableFuture<>().join();
        }
        note(turn, outcome);
    }

    private synchronized boolean isSwallowed() {
        boolean now = swallowing;
        swallowing = false;
        notifyAll();
        return now;
    }

    private synchronized void note(TurnContext turn, TurnOutcome outcome) {
        refuseIfTold();
        finished.add(new Finished(turn, outcome));
        notifyAll();
    }

    @Override
    public synchronized void ended(List<Long> tickets, InputEnd end) {
        refuseIfTold();
        tickets.forEach(ticket -> ended.put(ticket, end));
        notifyAll();
    }

    /** Waits until so much was told of running turns. */
    public synchronized void awaitProgress(int count) throws InterruptedException {
        await(() -> progress.size() >= count, count + " events, only " + progress);
    }

    /** The outcomes so far, as soon as there are {@code count}. */
    public synchronized List<Finished> awaitFinished(int count) throws InterruptedException {
        await(() -> finished.size() >= count, count + " outcomes, only " + finished);
        return List.copyOf(finished);
    }

    /** The ends so far, as soon as there are {@code count}. */
    public synchronized Map<Long, InputEnd> awaitEnded(int count) throws InterruptedException {
        await(() -> ended.size() >= count, count + " ends, only " + ended);
        return Map.copyOf(ended);
    }

    public synchronized List<Finished> finished() {
        return List.copyOf(finished);
    }

    public synchronized Map<Long, InputEnd> ended() {
        return Map.copyOf(ended);
    }

    public synchronized List<TurnEvent> progress() {
        return List.copyOf(progress);
    }

    private void refuseIfTold() {
        if (refusals > 0) {
            refusals--;
            notifyAll();
            throw new DatabaseException("refused, as told", null);
        }
    }

    private void await(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("there were not " + what);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
