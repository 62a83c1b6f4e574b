package dev.chela.harness.session;

import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.Source;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.TurnOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a lane does to the turn that runs: gives it messages, which stay parked in their place until
 * Codex took them, and interrupts it.
 */
final class LaneSteers {

    private final LaneWorld world;
    private final LaneMemory memory;
    private final Errands errands;
    private final LaneAlarm alarm;
    private final Map<Long, CompletableFuture<SteerResult>> waiting = new HashMap<>();
    private final Deque<Runnable> afterwards = new ArrayDeque<>();

    LaneSteers(LaneWorld world, LaneMemory memory, Errands errands, LaneAlarm alarm) {
        this.world = world;
        this.memory = memory;
        this.errands = errands;
        this.alarm = alarm;
    }

    /** Completed once it is known what became of the message. */
    CompletableFuture<SteerResult> result(long ticket) {
        CompletableFuture<SteerResult> result = new CompletableFuture<>();
        waiting.put(ticket, result);
        return result;
    }

    void tell(long ticket, SteerResult result) {
        CompletableFuture<SteerResult> asked = waiting.remove(ticket);
        if (asked != null) {
            asked.complete(result);
        }
    }

    /** Another lane goes on: what waits is for a turn of its own. */
    void giveUp() {
        waiting.values().forEach(asked -> asked.complete(SteerResult.NEXT_TURN));
        waiting.clear();
    }

    /** Codex took these: only now are they part of the turn. */
    void applyReported() {
        memory.turn().ifPresent(this::applyReported);
        followUp();
    }

    /** Whether the next prompt would show again what is just being noted as shown. */
    boolean isNoting() {
        return !afterwards.isEmpty() || errands.isUnderWay(Errands.Kind.TAKEN);
    }

    private void applyReported(RunningTurn current) {
        while (!current.reported.isEmpty()) {
            InputKey input = current.reported.getFirst();
            List<QueuedInput> taken = memory.queue().parkedUnder(input);
            List<Long> tickets = LaneQueue.tickets(taken);
            if (!taken.isEmpty()) {
                world.store().confirm(current.key(), input, tickets);
                memory.queue().remove(tickets);
                current.took(tickets);
                current.parked = Optional.empty();
                tickets.forEach(ticket -> tell(ticket, SteerResult.STEERED));
            }
            taken(current, input, taken);
            current.reported.removeFirst();
        }
    }

    /** What Codex has is mirrored, and what it showed of its surroundings is not shown again. */
    private void taken(RunningTurn current, InputKey input, List<QueuedInput> steered) {
        Optional<Prompt> prompt = current.took(input);
        prompt.filter(read -> !read.surroundings().isEmpty())
                .ifPresent(read -> afterwards.add(() -> world.desk().taken(read)));
        if (steered.isEmpty()) {
            return;
        }
        StoredTurn turn = current.stored;
        Source source = steered.getLast().source();
        List<StoredTurn.Prompted> prompted = StoredTurn.Prompted.of(steered);
        prompt.ifPresentOrElse(
                read -> world.transcripts().steered(turn, input, source, read),
                // An earlier process gave it.
                () ->
                        afterwards.add(
                                () ->
                                        world.transcripts()
                                                .steered(
                                                        turn,
                                                        input,
                                                        source,
                                                        LanePrompt.read(world.desk(), prompted))));
    }

    private void followUp() {
        if (!afterwards.isEmpty() && !errands.isUnderWay(Errands.Kind.TAKEN)) {
            errands.run(Errands.Kind.TAKEN, afterwards.remove(), done -> {});
        }
    }

    /** Gives the running turn what is due, or cuts it for a newer message. */
    void attend(RunningTurn current) {
        if (current.interrupt.isEmpty() && memory.plan().wantsInterrupt()) {
            world.store().interrupting(current.key(), TurnOutcome.Cause.NEWER_MESSAGE);
            interrupt(current, TurnOutcome.Cause.NEWER_MESSAGE);
        }
        boolean open = current.started && current.steerable && current.parked.isEmpty();
        if (!open || current.interrupt.isPresent() || isNoting()) {
            return;
        }
        if (errands.isUnderWay(Errands.Kind.STEER)) {
            return; // one at a time: a second could reach the server before the first
        }
        switch (memory.plan().steer(current.stored.source(), world.timers().instant())) {
            case QueuePlan.Step.Go go -> park(current, go.batch());
            case QueuePlan.Step.Wait wait -> alarm.at(wait.until());
            case QueuePlan.Step.Nothing nothing -> {}
        }
    }

    void interrupt(RunningTurn current, TurnOutcome.Cause cause) {
        TurnOutcome.Cause first = current.interrupt.orElse(cause);
        current.interrupt = Optional.of(first);
        errands.run(
                Errands.Kind.INTERRUPT,
                () -> world.harness().interrupt(current.key(), first),
                done -> {});
    }

    private void park(RunningTurn current, List<QueuedInput> batch) {
        InputKey input = new InputKey(world.store().newId());
        world.store().park(current.key(), input, LaneQueue.tickets(batch));
        memory.queue().putAll(batch.stream().map(one -> one.parked(input)).toList());
        current.parked = Optional.of(input);
        List<StoredTurn.Prompted> prompted = StoredTurn.Prompted.of(batch);
        AtomicReference<SteerAnswer> answer = new AtomicReference<>(SteerAnswer.PASSED_ON);
        errands.run(
                Errands.Kind.STEER,
                () -> {
                    Prompt prompt = LanePrompt.read(world.desk(), prompted);
                    current.gives(input, prompt);
                    answer.set(world.harness().steer(current.key(), input, prompt));
                },
                // It stays parked in either case: what the turn did not take by its end waits
                // again, in its place.
                done -> current.steerable &= answer.get() == SteerAnswer.PASSED_ON);
    }
}
