package dev.chela.harness.session;

import dev.chela.harness.Beginning;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnDesk;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A lane's turn while it is open. Changed by the lane alone; {@link #context} and {@link #prompt}
 * may be read by the thread that runs it.
 */
final class RunningTurn {

    /** How far it is. */
    enum Phase {
        /** Found open at a start; waits for a slot to be asked about. */
        FOUND,
        RUNNING,
        /** Its outcome is stored and must be handed over. */
        DONE
    }

    final TurnRuns.Start start;
    final Deque<InputKey> reported = new ArrayDeque<>();
    final PendingCount tokens;
    StoredTurn stored;
    Phase phase;
    boolean started;
    boolean steerable = true;
    Optional<InputKey> parked = Optional.empty();
    Optional<TurnOutcome.Cause> interrupt;
    Optional<TurnOutcome> outcome;

    /** Tries to hand it over that failed. */
    int refusals;

    private final List<QueuedInput> parkedBefore;
    private final Map<InputKey, Prompt> given = new ConcurrentHashMap<>();
    private volatile TurnContext context;
    private volatile Optional<Prompt> prompt = Optional.empty();

    RunningTurn(StoredTurn stored, TurnRuns.Start start) {
        this(stored, start, List.of());
    }

    /**
     * @param parkedBefore what an earlier process gave it and did not hear it take
     */
    RunningTurn(StoredTurn stored, TurnRuns.Start start, List<QueuedInput> parkedBefore) {
        this.stored = stored;
        this.start = start;
        this.parkedBefore = List.copyOf(parkedBefore);
        this.interrupt = stored.interrupt();
        this.outcome = stored.outcome();
        this.tokens = new PendingCount(stored.begunAt());
        this.phase = stored.outcome().isPresent() ? Phase.DONE : Phase.FOUND;
        this.context = contextOf(stored, tickets(stored));
    }

    TurnKey key() {
        return stored.key();
    }

    TurnContext context() {
        return context;
    }

    /** What it was begun with; empty until it was read. */
    Optional<Prompt> prompt() {
        return prompt;
    }

    /** Notes what it is given later, before it is. */
    void gives(InputKey input, Prompt words) {
        given.put(input, words);
    }

    /** What Codex took under this key; empty if an earlier process gave it. */
    Optional<Prompt> took(InputKey input) {
        return Optional.ofNullable(given.remove(input));
    }

    /** Reads what is asked; on the thread that runs it. */
    TurnRequest request(TurnDesk desk) {
        Prompt read = LanePrompt.read(desk, stored.prompt());
        prompt = Optional.of(read);
        given.put(stored.input(), read);
        TurnRequest request = new TurnRequest(context, stored.input(), read, stored.model());
        return start == TurnRuns.Start.NEW
                ? request
                : request.begun(stored.beginning().given(steeredBefore(desk)));
    }

    private List<Beginning.Steered> steeredBefore(TurnDesk desk) {
        Map<InputKey, List<QueuedInput>> byKey = new LinkedHashMap<>();
        for (QueuedInput one : parkedBefore) {
            one.inputKey()
                    .ifPresent(key -> byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(one));
        }
        return byKey.entrySet().stream()
                .map(
                        given ->
                                new Beginning.Steered(
                                        given.getKey(),
                                        LanePrompt.read(
                                                        desk,
                                                        StoredTurn.Prompted.of(given.getValue()))
                                                .text()))
                .toList();
    }

    /** Its row was read again: a confirmation may be there of which the reply was lost. */
    void reread(StoredTurn row) {
        context = contextOf(row, tickets(row));
    }

    void took(List<Long> tickets) {
        List<Long> all = new ArrayList<>(context.tickets());
        all.addAll(tickets);
        context = contextOf(stored, all.stream().sorted().toList());
    }

    void named(StoredTurn.Native names) {
        started = true;
        stored = stored.named(names);
    }

    /**
     * Notes how it ended.
     *
     * @param left run instead if the bot stops and Codex was given nothing: there is nothing to
     *     tell, and the next start begins it
     */
    void ended(TurnOutcome end, Runnable left) {
        if (!started
                && end instanceof TurnOutcome.Interrupted cut
                && cut.cause() == TurnOutcome.Cause.SHUTDOWN) {
            left.run();
        } else {
            outcome = Optional.of(end);
        }
    }

    private static TurnContext contextOf(StoredTurn stored, List<Long> tickets) {
        return new TurnContext(
                stored.key(),
                stored.session(),
                stored.source(),
                stored.replyMode(),
                tickets,
                stored.renewal(),
                Optional.of(stored.sessionId()));
    }

    private static List<Long> tickets(StoredTurn stored) {
        return Stream.concat(
                        stored.prompt().stream().map(StoredTurn.Prompted::ticket),
                        stored.steered().stream())
                .sorted()
                .toList();
    }

    /** Whether it began at or before a ticket; a command that comes again spares younger turns. */
    boolean isUpTo(long ticket) {
        return stored.prompt().isEmpty() || stored.prompt().getFirst().ticket() <= ticket;
    }
}
