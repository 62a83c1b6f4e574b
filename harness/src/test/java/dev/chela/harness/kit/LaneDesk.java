package dev.chela.harness.kit;

import dev.chela.harness.InputEnd;
import dev.chela.harness.Prompt;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnDesk;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Where lanes deliver to: remembers what people were told, and when. Outlives bots. */
public final class LaneDesk implements TurnDesk {

    private final InstantSource clock;
    private final LongFunction<String> words;
    private final Map<Long, Instant> begun = new HashMap<>();
    private final Map<Long, List<Told>> told = new HashMap<>();
    private final Map<Long, TurnContext> stillWorking = new HashMap<>();

    /**
     * @param words what each ticket says
     */
    public LaneDesk(InstantSource clock, LongFunction<String> words) {
        this.clock = clock;
        this.words = words;
    }

    /**
     * What somebody was told of a message.
     *
     * @param tickets all messages that this was the answer to
     * @param outcome empty if it ended without a turn
     */
    public record Told(Instant at, List<Long> tickets, Optional<TurnOutcome> outcome) {}

    @Override
    public Prompt read(List<Long> tickets) {
        return Prompt.of(tickets.stream().map(this::words).collect(Collectors.joining("\n")));
    }

    @Override
    public String words(long ticket) {
        return words.apply(ticket);
    }

    @Override
    public void taken(Prompt prompt) {}

    @Override
    public void renewed(Source source, long ticket) {}

    @Override
    public synchronized void progress(TurnContext turn, TurnEvent event) {
        if (event instanceof TurnEvent.StillWorking) {
            turn.tickets().forEach(ticket -> stillWorking.put(ticket, turn));
        }
    }

    @Override
    public synchronized void finished(TurnContext turn, TurnOutcome outcome) {
        tell(new Told(clock.instant(), turn.tickets(), Optional.of(outcome)));
    }

    @Override
    public synchronized void ended(List<Long> tickets, InputEnd end) {
        tell(new Told(clock.instant(), tickets, Optional.empty()));
    }

    private void tell(Told one) {
        one.tickets().forEach(at -> told.computeIfAbsent(at, _ -> new ArrayList<>()).add(one));
    }

    /** A turn is run for these. */
    synchronized void begun(List<Long> tickets) {
        tickets.forEach(ticket -> begun.putIfAbsent(ticket, clock.instant()));
    }

    /** When a turn was first run for a message; empty if none was. */
    public synchronized Optional<Instant> begun(long ticket) {
        return Optional.ofNullable(begun.get(ticket));
    }

    /** What was told of a message, each time. */
    public synchronized List<Told> told(long ticket) {
        return List.copyOf(told.getOrDefault(ticket, List.of()));
    }

    /** Whether a message was answered or its person told what became of it. */
    public synchronized boolean isClosed(long ticket) {
        return told.containsKey(ticket);
    }

    /** The messages of which was told, since the last call, that work on them goes on. */
    public synchronized List<TurnContext> stillWorking() {
        var turns = stillWorking.values().stream().distinct().toList();
        stillWorking.clear();
        return turns;
    }
}
