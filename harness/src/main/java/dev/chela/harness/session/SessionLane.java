package dev.chela.harness.session;

import dev.chela.config.QueueMode;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.InputEnd;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.SessionKey;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one ordered mailbox of a session: takes messages, runs one turn at a time, steers or queues
 * what comes meanwhile, hands outcomes over.
 *
 * <p>Its memory is a copy of rows: it is loaded when the lane is made, and again after anything
 * failed. Every task ends in {@link #step}, which looks at the whole and does whatever is due, so
 * that a found state and a reached one are treated alike. It waits for the database and for nothing
 * else; everyone else is called in {@link Errands}.
 */
final class SessionLane {

    private static final Logger log = LoggerFactory.getLogger(SessionLane.class);

    /** After so many refused hand-overs of one outcome the lane goes on; a restart tries again. */
    private static final int REFUSALS_MAX = 8;

    private final SessionKey key;
    private final LaneWorld world;
    private final Mailbox mailbox;
    private final Errands errands;
    private final LaneQueue queue = new LaneQueue();
    private final Deque<StoredTurn> found = new ArrayDeque<>();
    private final Map<Long, CompletableFuture<SteerResult>> steers = new HashMap<>();
    private final LaneSlot slot;
    private final LaneAlarm alarm;
    private final LaneEnds ends;

    private boolean loaded;
    private Optional<SessionState> session = Optional.empty();
    private @Nullable RunningTurn turn;
    private boolean afterTurn;

    SessionLane(SessionKey key, LaneWorld world) {
        this.key = key;
        this.world = world;
        this.mailbox = new Mailbox(key.value(), world.executor(), this::failed);
        this.errands = new Errands(key.value(), world.executor(), this::post);
        this.slot = new LaneSlot(world.slots(), this::post);
        this.alarm = new LaneAlarm(world.timers(), () -> post(this::rang));
        this.ends =
                new LaneEnds(
                        world,
                        queue,
                        errands,
                        alarm,
                        ticket -> tellSteer(ticket, SteerResult.ENDED));
    }

    SessionKey key() {
        return key;
    }

    /** Stores a message; the future completes when that is on disk. Null: the lane was closed. */
    @Nullable CompletableFuture<Boolean> submit(Submission submission) {
        return call(() -> accept(submission, false));
    }

    /** Stores an urgent message; the inner future tells what became of it. */
    @Nullable CompletableFuture<CompletableFuture<SteerResult>> steerNow(Submission submission) {
        return call(
                () -> {
                    CompletableFuture<SteerResult> result = new CompletableFuture<>();
                    if (accept(submission, true)) {
                        steers.put(submission.ticket(), result);
                    } else {
                        result.complete(SteerResult.NEXT_TURN);
                    }
                    return result;
                });
    }

    @Nullable CompletableFuture<Stopped> stop(Optional<Long> upTo) {
        return call(
                () -> {
                    long last = upTo.orElseGet(() -> world.store().newestTicket(key));
                    Optional<RunningTurn> running = running().filter(one -> one.isUpTo(last));
                    requireSession();
                    world.store().stop(key, last, running.map(RunningTurn::key));
                    session = session.map(now -> now.cutOffAt(last, InputEnd.Kind.STOPPED));
                    running.ifPresent(one -> interrupt(one, TurnOutcome.Cause.USER_STOP));
                    return new Stopped(running.isPresent(), queue.upTo(last).size());
                });
    }

    @Nullable CompletableFuture<ResetResult> reset(ResetRequest request) {
        return call(
                () -> {
                    SessionState old = requireSession();
                    Optional<RunningTurn> running =
                            running().filter(one -> one.isUpTo(request.upTo()));
                    String newId = world.store().reset(old, request, running.map(RunningTurn::key));
                    int closed = 0;
                    SessionState renewed = old.renewed(newId);
                    if (!request.keepTranscript()) {
                        renewed = renewed.cutOffAt(request.upTo(), InputEnd.Kind.SESSION_RESET);
                        closed = queue.upTo(request.upTo()).size();
                    }
                    session = Optional.of(renewed);
                    running.ifPresent(one -> interrupt(one, TurnOutcome.Cause.NEW_SESSION));
                    return new ResetResult(newId, old.sessionId(), running.isPresent(), closed);
                });
    }

    /** Changes what is stored of the session; {@code store} writes it and says what it is now. */
    @Nullable CompletableFuture<Boolean> change(UnaryOperator<SessionState> store) {
        return call(
                () -> {
                    session = Optional.of(store.apply(requireSession()));
                    return true;
                });
    }

    /** Loads the lane and does what is due. */
    @Nullable CompletableFuture<Boolean> wake() {
        return call(() -> true);
    }

    /** Interrupts the running turn, if any, because the bot stops. */
    void interruptForShutdown() {
        post(() -> running().ifPresent(one -> interrupt(one, TurnOutcome.Cause.SHUTDOWN)));
    }

    private <T> @Nullable CompletableFuture<T> call(Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean taken =
                mailbox.call(
                        () -> {
                            try {
                                load();
                                answer.complete(work.get());
                            } catch (DatabaseException e) {
                                answer.completeExceptionally(e);
                                throw e;
                            } finally {
                                refuse(answer);
                            }
                            step();
                        });
        return taken ? answer : null;
    }

    private void refuse(CompletableFuture<?> answer) {
        if (!answer.isDone()) {
            answer.completeExceptionally(
                    new SessionException("session " + key + " could not do it", null));
        }
    }

    private void post(Runnable task) {
        mailbox.post(
                () -> {
                    task.run();
                    load();
                    step();
                });
    }

    private void failed(Exception cause) {
        if (cause instanceof DatabaseException) {
            log.warn("session.lane waits session={} reason={}", key, cause.getMessage());
        } else {
            log.error("session.lane failed session={}; it is loaded again", key, cause);
        }
        loaded = false;
        alarm.failed();
        alarm.arm();
    }

    private void load() {
        if (loaded) {
            return;
        }
        LaneStore.Snapshot stored = world.store().load(key);
        session = stored.session();
        queue.replaceAll(stored.inputs());
        found.clear();
        for (StoredTurn one : stored.turns()) {
            if (turn != null && turn.key().equals(one.key())) {
                turn.reread(one);
                turn.parked = parkedKey();
            } else {
                found.add(one);
            }
        }
        loaded = true;
        adoptFound();
    }

    private Optional<InputKey> parkedKey() {
        return queue.parked().stream().findFirst().flatMap(QueuedInput::inputKey);
    }

    private void adoptFound() {
        if (turn == null && !found.isEmpty()) {
            RunningTurn adopted = new RunningTurn(found.remove(), TurnRuns.Start.AGAIN);
            adopted.parked = parkedKey();
            turn = adopted;
            if (adopted.phase == RunningTurn.Phase.DONE) {
                world.slots().works();
            }
        }
    }

    private SessionState requireSession() {
        SessionState present = session.orElseGet(() -> world.store().require(key));
        session = Optional.of(present);
        return present;
    }

    private boolean accept(Submission submission, boolean urgent) {
        if (queue.has(submission.ticket())) {
            return false;
        }
        SessionState state = requireSession();
        QueuedInput input = QueuedInput.of(submission, urgent, world.timers().instant());
        Overflow overflow =
                input.ticket() > state.cutOff()
                        ? Overflow.of(input, settings(input), queue)
                        : Overflow.none(input);
        if (!world.store().accept(key, overflow.input(), overflow.givesWay())) {
            return false;
        }
        queue.put(overflow.input());
        overflow.givesWay().ifPresent(queue::put);
        return true;
    }

    /** Does what is due. Whatever it stores is stored before it is acted on. */
    private void step() {
        applyReported();
        applyOutcome();
        session.ifPresent(ends::cutOff);
        ends.tell();
        RunningTurn current = turn;
        if (current == null) {
            startNext();
        } else {
            switch (current.phase) {
                case FOUND -> slot.with(() -> run(current));
                case RUNNING -> attend(current);
                case DONE -> handOver(current);
            }
        }
        settle();
    }

    /** Codex took these: only now are they part of the turn. */
    private void applyReported() {
        RunningTurn current = turn;
        if (current == null) {
            return;
        }
        while (!current.reported.isEmpty()) {
            InputKey input = current.reported.getFirst();
            List<QueuedInput> taken = queue.parkedUnder(input);
            List<Long> tickets = LaneQueue.tickets(taken);
            if (!taken.isEmpty()) {
                world.store().confirm(current.key(), input, tickets);
                queue.remove(tickets);
                current.took(tickets);
                current.parked = Optional.empty();
                tickets.forEach(ticket -> tellSteer(ticket, SteerResult.STEERED));
            }
            current.reported.removeFirst();
        }
    }

    private void applyOutcome() {
        RunningTurn current = turn;
        if (current == null || current.phase != RunningTurn.Phase.RUNNING) {
            return;
        }
        if (current.outcome.isEmpty()) {
            return;
        }
        TurnOutcome outcome = current.outcome.get();
        world.store().done(current.key(), outcome);
        current.phase = RunningTurn.Phase.DONE;
        queue.putAll(queue.parked().stream().map(QueuedInput::unparked).toList());
        afterTurn = !queue.queued().isEmpty();
        slot.release();
        if (!current.started) {
            current.prompt().ifPresent(read -> world.transcripts().prompt(current.stored, read));
        }
    }

    private void startNext() {
        if (session.filter(SessionState::forget).isPresent()) {
            forget();
            return;
        }
        ends.end(plan().superseded(), Notices.SUPERSEDED);
        ends.tell();
        switch (plan().next(world.timers().instant(), afterTurn)) {
            case QueuePlan.Step.Go go -> slot.with(() -> begin(go.batch()));
            case QueuePlan.Step.Wait wait -> alarm.at(wait.until());
            case QueuePlan.Step.Nothing nothing -> afterTurn = false;
        }
    }

    private void begin(List<QueuedInput> batch) {
        StoredTurn stored =
                StoredTurn.begun(
                        requireSession(),
                        batch,
                        new TurnKey(world.store().newId()),
                        new InputKey(world.store().newId()),
                        world.timers().instant());
        world.store().begin(stored);
        List<Long> tickets = LaneQueue.tickets(batch);
        queue.remove(tickets);
        RunningTurn begun = new RunningTurn(stored, TurnRuns.Start.NEW);
        turn = begun;
        tickets.forEach(ticket -> tellSteer(ticket, SteerResult.NEXT_TURN));
        run(begun);
    }

    private void run(RunningTurn current) {
        current.phase = RunningTurn.Phase.RUNNING;
        world.slots().works();
        world.runs()
                .start(
                        () -> current.request(world.desk()),
                        current.start,
                        event -> happened(current, event),
                        outcome -> post(() -> current.outcome = Optional.of(outcome)));
    }

    /** On the thread that runs the turn. */
    private void happened(RunningTurn current, TurnEvent event) {
        if (event instanceof TurnEvent.InputTaken taken) {
            post(() -> current.reported.add(taken.input()));
        } else if (event instanceof TurnEvent.Started started) {
            post(() -> started(current, started));
        }
        world.desk().progress(current.context(), event);
    }

    private void started(RunningTurn current, TurnEvent.Started event) {
        StoredTurn.Native names = new StoredTurn.Native(event.thread(), event.turn());
        current.named(names);
        current.prompt().ifPresent(read -> world.transcripts().prompt(current.stored, read));
        // An interrupt that came before Codex had the turn hit nothing.
        current.interrupt.ifPresent(cause -> interrupt(current, cause));
        world.store().started(current.key(), names);
    }

    private void attend(RunningTurn current) {
        if (current.interrupt.isEmpty() && plan().wantsInterrupt()) {
            world.store().interrupting(current.key(), TurnOutcome.Cause.NEWER_MESSAGE);
            interrupt(current, TurnOutcome.Cause.NEWER_MESSAGE);
        }
        boolean open = current.started && current.steerable && current.parked.isEmpty();
        if (!open || current.interrupt.isPresent()) {
            return;
        }
        switch (plan().steer(current.stored.source(), world.timers().instant())) {
            case QueuePlan.Step.Go go -> park(current, go.batch());
            case QueuePlan.Step.Wait wait -> alarm.at(wait.until());
            case QueuePlan.Step.Nothing nothing -> {}
        }
    }

    private void park(RunningTurn current, List<QueuedInput> batch) {
        InputKey input = new InputKey(world.store().newId());
        world.store().park(current.key(), input, LaneQueue.tickets(batch));
        queue.putAll(batch.stream().map(one -> one.parked(input)).toList());
        current.parked = Optional.of(input);
        List<StoredTurn.Prompted> prompted = StoredTurn.Prompted.of(batch);
        AtomicReference<SteerAnswer> answer = new AtomicReference<>(SteerAnswer.PASSED_ON);
        errands.run(
                Errands.Kind.STEER,
                () -> {
                    Prompt prompt = LanePrompt.read(world.desk(), prompted);
                    answer.set(world.harness().steer(current.key(), input, prompt));
                },
                // It stays parked in either case: what the turn did not take by its end waits
                // again, in its place.
                done -> current.steerable &= answer.get() == SteerAnswer.PASSED_ON);
    }

    private void interrupt(RunningTurn current, TurnOutcome.Cause cause) {
        TurnOutcome.Cause first = current.interrupt.orElse(cause);
        current.interrupt = Optional.of(first);
        errands.run(
                Errands.Kind.INTERRUPT,
                () -> world.harness().interrupt(current.key(), first),
                done -> {});
    }

    private void handOver(RunningTurn current) {
        if (errands.isUnderWay(Errands.Kind.FINISH) || alarm.isEarly()) {
            return;
        }
        TurnOutcome outcome = current.outcome.orElseThrow();
        errands.run(
                Errands.Kind.FINISH,
                () -> world.desk().finished(current.context(), outcome),
                taken -> {
                    // Not before: the answer would wait for this commit. Not after: it goes into
                    // the database no later than what closes the turn.
                    world.transcripts().outcome(current.stored, outcome);
                    if (alarm.noted(taken)) {
                        world.store().closed(current.key());
                        closeTurn();
                    } else if (++current.refusals >= REFUSALS_MAX) {
                        log.error("session.finish refused turn={}", current.key());
                        closeTurn();
                    }
                });
    }

    private void closeTurn() {
        turn = null;
        world.slots().rests();
        adoptFound();
    }

    private void forget() {
        if (errands.isUnderWay(Errands.Kind.FORGET) || alarm.isEarly()) {
            return;
        }
        errands.run(
                Errands.Kind.FORGET,
                () -> world.harness().forget(key),
                forgotten -> {
                    if (alarm.noted(forgotten)) {
                        world.store().forgotten(key);
                        session = session.map(SessionState::forgotten);
                    }
                });
    }

    private Optional<RunningTurn> running() {
        return Optional.ofNullable(turn).filter(one -> one.phase != RunningTurn.Phase.DONE);
    }

    private QueuePlan plan() {
        return new QueuePlan(queue.queued(), this::settings);
    }

    private QueueSettings settings(QueuedInput input) {
        QueueOverride stored = session.map(SessionState::queue).orElse(QueueOverride.none());
        QueueOverride inline = input.urgent() ? QueueOverride.of(QueueMode.STEER) : input.queue();
        return QueueSettings.of(world.queue().get(), input.source(), stored, inline);
    }

    private void tellSteer(long ticket, SteerResult result) {
        CompletableFuture<SteerResult> waiting = steers.remove(ticket);
        if (waiting != null) {
            waiting.complete(result);
        }
    }

    private void settle() {
        if (turn == null) {
            slot.release();
        }
        alarm.arm();
        boolean idle =
                turn == null
                        && queue.isEmpty()
                        && slot.isNone()
                        && errands.isEmpty()
                        && session.filter(SessionState::forget).isEmpty();
        if (idle && mailbox.closeIfEmpty()) {
            world.retired().accept(this);
        }
    }

    private void rang() {
        alarm.rang();
    }
}
