package dev.chela.harness.session;

import dev.chela.config.state.DatabaseException;
import dev.chela.harness.InputEnd;
import dev.chela.harness.InputKey;
import dev.chela.harness.Renewal;
import dev.chela.harness.SessionKey;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    private final LaneMemory memory;
    private final LaneSteers steers;
    private final LaneSlot slot;
    private final LaneAlarm alarm;
    private final LaneEnds ends;

    private boolean afterTurn;

    SessionLane(SessionKey key, LaneWorld world) {
        this.key = key;
        this.world = world;
        this.mailbox = new Mailbox(key.value(), world.executor(), this::failed);
        this.errands = new Errands(key.value(), world.executor(), this::post);
        this.slot = new LaneSlot(world.slots(), this::post);
        this.alarm = new LaneAlarm(world.timers(), () -> post(this::rang));
        this.memory = new LaneMemory(key, world);
        this.steers = new LaneSteers(world, memory, errands, alarm);
        this.ends =
                new LaneEnds(
                        world,
                        memory.queue(),
                        errands,
                        alarm,
                        ticket -> steers.tell(ticket, SteerResult.ENDED));
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
                    if (accept(submission, true)) {
                        return steers.result(submission.ticket());
                    }
                    return CompletableFuture.completedFuture(SteerResult.NEXT_TURN);
                });
    }

    @Nullable CompletableFuture<Stopped> stop(Optional<Long> upTo) {
        return call(
                () -> {
                    long last = upTo.orElseGet(() -> world.store().newestTicket(key));
                    Optional<RunningTurn> running =
                            memory.running().filter(one -> one.isUpTo(last));
                    memory.requireSession();
                    world.store().stop(key, last, running.map(RunningTurn::key));
                    memory.session(memory.requireSession().cutOffAt(last, InputEnd.Kind.STOPPED));
                    running.ifPresent(one -> steers.interrupt(one, TurnOutcome.Cause.USER_STOP));
                    return new Stopped(running.isPresent(), memory.queue().upTo(last).size());
                });
    }

    @Nullable CompletableFuture<ResetResult> reset(ResetRequest request) {
        return call(
                () -> {
                    SessionState old = memory.requireSession();
                    Optional<RunningTurn> running =
                            memory.running().filter(one -> one.isUpTo(request.upTo()));
                    LaneStore.Fresh fresh =
                            world.store().reset(old, request, running.map(RunningTurn::key));
                    int closed = 0;
                    SessionState renewed = old.forgetting();
                    if (!request.keepTranscript()) {
                        renewed = renewed.begunAgain(fresh.sessionId(), world.timers().instant());
                        renewed = renewed.cutOffAt(request.upTo(), InputEnd.Kind.SESSION_RESET);
                        closed = memory.queue().upTo(request.upTo()).size();
                    }
                    memory.session(renewed);
                    running.ifPresent(one -> steers.interrupt(one, TurnOutcome.Cause.NEW_SESSION));
                    return new ResetResult(
                            fresh.sessionId(), fresh.archivedId(), running.isPresent(), closed);
                });
    }

    /** Changes what is stored of the session; {@code store} writes it and says what it is now. */
    @Nullable CompletableFuture<Boolean> change(UnaryOperator<SessionState> store) {
        return call(
                () -> {
                    memory.session(store.apply(memory.requireSession()));
                    return true;
                });
    }

    /** Loads the lane and does what is due. */
    @Nullable CompletableFuture<Boolean> wake() {
        return call(() -> true);
    }

    /** Reads the rows again: what is remembered may be wrong. */
    @Nullable CompletableFuture<Boolean> lookAgain() {
        return call(
                () -> {
                    memory.doubt();
                    memory.load();
                    return true;
                });
    }

    /** Has Codex asked about the turn that runs. */
    @Nullable CompletableFuture<Boolean> askAbout(String why) {
        return call(
                () -> {
                    memory.running().ifPresent(one -> world.harness().ask(one.key(), why));
                    return memory.running().isPresent();
                });
    }

    /**
     * Leaves its rows to another lane, unless a turn runs or more is to be done; what it still
     * waits for is of no use then. Says whether it did.
     */
    @Nullable CompletableFuture<Boolean> giveUp() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        boolean taken = mailbox.call(() -> answer.complete(gaveUp()));
        return taken ? answer : null;
    }

    private boolean gaveUp() {
        if (memory.running().isPresent() || slot.isAsked() || !mailbox.closeIfEmpty()) {
            return false;
        }
        slot.release();
        steers.giveUp();
        memory.giveUp();
        return true;
    }

    /** Interrupts the running turn, if any, because the bot stops. */
    void interruptForShutdown() {
        post(
                () ->
                        memory.running()
                                .ifPresent(
                                        one -> steers.interrupt(one, TurnOutcome.Cause.SHUTDOWN)));
    }

    private <T> @Nullable CompletableFuture<T> call(Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean taken =
                mailbox.call(
                        () -> {
                            try {
                                memory.load();
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
                    memory.load();
                    step();
                });
    }

    private void failed(Exception cause) {
        if (cause instanceof DatabaseException) {
            log.warn("session.lane waits session={} reason={}", key, cause.getMessage());
        } else {
            log.error("session.lane failed session={}; it is loaded again", key, cause);
        }
        memory.doubt();
        alarm.failed();
        alarm.arm();
    }

    private boolean accept(Submission submission, boolean urgent) {
        if (memory.queue().has(submission.ticket())) {
            return false;
        }
        SessionState state = memory.requireSession();
        QueuedInput input = QueuedInput.of(submission, urgent, world.timers().instant());
        Overflow overflow =
                input.ticket() > state.cutOff()
                        ? Overflow.of(input, memory.settings(input), memory.queue())
                        : Overflow.none(input);
        Optional<Renewal.Reason> over = over(state, input);
        Optional<StoredTurn> atOnce =
                over.isEmpty() && !urgent && mayBegin(state, overflow.input())
                        ? Optional.of(turnOf(state, List.of(input)))
                        : Optional.empty();
        Optional<SessionState> stored = world.store().accept(state, overflow, over, atOnce);
        if (stored.isEmpty()) {
            return false;
        }
        memory.session(stored.get());
        if (atOnce.isPresent()) {
            memory.began(new RunningTurn(atOnce.get(), TurnRuns.Start.NEW));
            return true;
        }
        memory.queue().put(overflow.input());
        overflow.givesWay().ifPresent(memory.queue()::put);
        return true;
    }

    /** Whether nothing is before this message, so that it and its turn can be one commit. */
    private boolean mayBegin(SessionState state, QueuedInput input) {
        return memory.turn().isEmpty()
                && memory.queue().isEmpty()
                && errands.isEmpty()
                && !steers.isNoting()
                && !state.forget()
                && state.renewal().isEmpty()
                && input.isQueued()
                && input.ticket() > state.cutOff()
                && new QueuePlan(List.of(input), memory::settings)
                                .next(world.timers().instant(), afterTurn)
                        instanceof QueuePlan.Step.Go
                && slot.isHadNow();
    }

    /** Why the session ends before this message; never while anything of it is open. */
    private Optional<Renewal.Reason> over(SessionState state, QueuedInput input) {
        boolean open =
                memory.turn().isPresent()
                        || !memory.queue().isEmpty()
                        || input.ticket() <= state.cutOff();
        return open
                ? Optional.empty()
                : world.resets().get().due(state, input.source(), world.timers().instant());
    }

    /** Takes an archived session up again, unless the lane has something open. */
    @Nullable CompletableFuture<RestoreResult> restore(Supplier<RestoreResult> store) {
        return atRest(store, new RestoreResult.Busy());
    }

    /** Lets the session go from the store, unless the lane has something open. */
    @Nullable CompletableFuture<Boolean> drop(Supplier<Boolean> store) {
        return atRest(store, false);
    }

    private <T> @Nullable CompletableFuture<T> atRest(Supplier<T> store, T otherwise) {
        return call(
                () -> {
                    if (memory.turn().isPresent() || !memory.queue().isEmpty()) {
                        return otherwise;
                    }
                    T result = store.get();
                    memory.doubt();
                    memory.load();
                    return result;
                });
    }

    /** Does what is due. Whatever it stores is stored before it is acted on. */
    private void step() {
        steers.applyReported();
        memory.turn().ifPresent(this::applyOutcome);
        memory.session().ifPresent(ends::cutOff);
        ends.tell();
        memory.turn().ifPresentOrElse(this::goOn, this::startNext);
        settle();
    }

    private void goOn(RunningTurn current) {
        switch (current.phase) {
            case FOUND -> slot.with(() -> run(current));
            case RUNNING -> steers.attend(current);
            case DONE -> handOver(current);
        }
    }

    private void applyOutcome(RunningTurn current) {
        if (current.phase != RunningTurn.Phase.RUNNING || current.outcome.isEmpty()) {
            return;
        }
        TurnOutcome outcome = current.outcome.get();
        world.store().done(current.stored, outcome, current.tokens.take());
        world.heard().forget(key);
        current.phase = RunningTurn.Phase.DONE;
        memory.queue().putAll(memory.queue().parked().stream().map(QueuedInput::unparked).toList());
        afterTurn = !memory.queue().queued().isEmpty();
        slot.release();
        if (!current.started) {
            current.prompt().ifPresent(read -> world.transcripts().prompt(current.stored, read));
        }
    }

    private void startNext() {
        if (steers.isNoting()) {
            return;
        }
        if (memory.session().filter(SessionState::forget).isPresent()) {
            forget();
            return;
        }
        ends.end(memory.plan().superseded(), Notices.SUPERSEDED);
        ends.tell();
        switch (memory.plan().next(world.timers().instant(), afterTurn)) {
            case QueuePlan.Step.Go go -> slot.with(() -> begin(go.batch()));
            case QueuePlan.Step.Wait wait -> alarm.at(wait.until());
            case QueuePlan.Step.Nothing nothing -> afterTurn = false;
        }
    }

    private void begin(List<QueuedInput> batch) {
        StoredTurn stored = turnOf(memory.requireSession(), batch);
        world.store().begin(stored);
        if (stored.renewal().isPresent()) {
            memory.session(memory.requireSession().saying(Optional.empty()));
        }
        List<Long> tickets = LaneQueue.tickets(batch);
        memory.queue().remove(tickets);
        RunningTurn begun = new RunningTurn(stored, TurnRuns.Start.NEW);
        memory.began(begun);
        tickets.forEach(ticket -> steers.tell(ticket, SteerResult.NEXT_TURN));
        run(begun);
    }

    private StoredTurn turnOf(SessionState session, List<QueuedInput> batch) {
        return StoredTurn.begun(
                session,
                batch,
                new TurnKey(world.store().newId()),
                new InputKey(world.store().newId()),
                world.timers().instant());
    }

    private void run(RunningTurn current) {
        current.phase = RunningTurn.Phase.RUNNING;
        world.slots().works();
        world.heard().now(key);
        world.runs()
                .start(
                        () -> current.request(world.desk()),
                        current.start,
                        event -> happened(current, event),
                        outcome -> post(() -> current.ended(outcome, world.slots()::rests)));
    }

    /** On the thread that runs the turn. */
    private void happened(RunningTurn current, TurnEvent event) {
        world.heard().now(key);
        if (event instanceof TurnEvent.InputTaken taken) {
            post(() -> current.reported.add(taken.input()));
        } else if (event instanceof TurnEvent.Started started) {
            post(() -> started(current, started));
        } else if (event instanceof TurnEvent.Counted counted) {
            current.tokens
                    .add(counted, world.timers().instant())
                    .ifPresent(due -> world.counters().add(current.stored, due));
        } else if (event instanceof TurnEvent.Noted noted) {
            // Behind the turn's names, which make its key: the same note again has the same one.
            post(() -> world.transcripts().note(current.stored, noted));
        } else if (event instanceof TurnEvent.Compacted compacted) {
            post(() -> world.transcripts().compaction(current.stored, compacted));
            if (!compacted.running()) {
                world.counters().compacted(current.stored);
            }
        }
        world.desk().progress(current.context(), event);
    }

    private void started(RunningTurn current, TurnEvent.Started event) {
        StoredTurn.Native names = new StoredTurn.Native(event.thread(), event.turn());
        current.named(names);
        current.prompt().ifPresent(read -> world.transcripts().prompt(current.stored, read));
        // An interrupt that came before Codex had the turn hit nothing.
        current.interrupt.ifPresent(cause -> steers.interrupt(current, cause));
        world.store().started(current.key(), names);
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
                        memory.closeTurn();
                    } else if (++current.refusals >= REFUSALS_MAX) {
                        log.error("session.finish refused turn={}", current.key());
                        memory.closeTurn();
                    }
                });
    }

    private void forget() {
        if (errands.isUnderWay(Errands.Kind.FORGET) || alarm.isEarly()) {
            return;
        }
        long first =
                memory.queue().queued().stream()
                        .findFirst()
                        .map(QueuedInput::ticket)
                        .orElse(Long.MAX_VALUE);
        errands.run(
                Errands.Kind.FORGET,
                () -> {
                    world.harness().forget(key);
                    world.store()
                            .lastSource(key)
                            .ifPresent(source -> world.desk().renewed(source, first));
                },
                forgotten -> {
                    if (alarm.noted(forgotten)) {
                        world.store().forgotten(key);
                        memory.session(memory.requireSession().forgotten());
                    }
                });
    }

    private void settle() {
        if (memory.turn().isEmpty()) {
            slot.release();
        }
        alarm.arm();
        boolean idle =
                memory.turn().isEmpty()
                        && memory.queue().isEmpty()
                        && slot.isNone()
                        && errands.isEmpty()
                        && memory.session().filter(SessionState::forget).isEmpty();
        if (idle && mailbox.closeIfEmpty()) {
            world.retired().accept(this);
        }
    }

    private void rang() {
        alarm.rang();
    }
}
