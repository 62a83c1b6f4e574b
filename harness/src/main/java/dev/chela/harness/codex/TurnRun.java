package dev.chela.harness.codex;

import dev.chela.config.state.DatabaseException;
import dev.chela.harness.Beginning;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.binding.ContextFill;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.trajectory.Trail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn from its request to its outcome: carries out what its state machine says. Lives on the
 * thread that called {@link #run} or {@link #recover}; steering and stopping come from others.
 */
final class TurnRun implements TurnHandle {

    private static final Logger LOG = LoggerFactory.getLogger(TurnRun.class);
    private static final int STARTS_MAX = 3;

    private final TurnRequest request;
    private final CodexSettings settings;
    private final TurnServices services;
    private final Trail trail;
    private final Consumer<TurnEvent> events;
    private final TurnInbox inbox;
    private final Inquiry inquiry;
    private final Patches patches = new Patches();
    private final HookWatch hooks;
    private final TurnLaunch launch;
    private @Nullable ThreadEar heard;

    private volatile @Nullable OpenThread open;
    private volatile @Nullable TurnId turn;
    private volatile boolean joined;
    private volatile TurnOutcome.@Nullable Cause stop;
    private final CompletableFuture<TurnOutcome.Cause> stopped = new CompletableFuture<>();
    private final ThreadLine line = new ThreadLine();
    private boolean interrupted;
    private boolean reran;

    /** Whether something may be open that people were asked for this turn. */
    private boolean asked;

    /** Done when an interrupt was sent; whether the turn's commands were ended. */
    private CompletableFuture<Boolean> interrupting = CompletableFuture.completedFuture(true);

    TurnRun(
            TurnRequest request,
            CodexSettings settings,
            TurnServices services,
            Trail trail,
            Consumer<TurnEvent> events) {
        this.trail = trail;
        this.request = request;
        this.settings = settings;
        this.services = services;
        this.events = events;
        this.inbox = new TurnInbox(services.timers());
        this.hooks = new HookWatch(settings.setup().isGuarded());
        this.inquiry = new Inquiry(services.threads(), settings, request);
        this.launch = new TurnLaunch(request, this, services, inbox, events);
        this.asked = request.begun().isPresent();
        this.stop = request.begun().flatMap(Beginning::stopped).orElse(null);
    }

    /** Starts it and waits for its end. */
    TurnOutcome run() {
        try {
            for (int attempt = 1; attempt <= STARTS_MAX; attempt++) {
                Optional<TurnOutcome> outcome = attempt(attempt);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            }
            return Failures.failed(TurnOutcome.Failure.SERVER_UNAVAILABLE, Optional.empty());
        } finally {
            inbox.close();
        }
    }

    /** Finds out what became of it in an earlier process, and goes on from there. */
    TurnOutcome recover(ThreadId thread) {
        TurnMachine machine = machine(thread);
        hooks.blind();
        request.begun().stream()
                .flatMap(begun -> begun.steered().stream())
                .forEach(one -> inbox.post(new TurnInput.Steered(one.input(), one.words())));
        Optional<TurnId> known =
                request.begun().flatMap(Beginning::heard).map(TurnEvent.Started::turn);
        Optional<TurnOutcome> outcome = drive(machine, thread, new TurnInput.Found(known));
        if (outcome.isEmpty()) {
            return run();
        }
        inbox.close();
        noteRecovered();
        return SentMeanwhile.in(outcome.get(), thread, turn, services.requests());
    }

    @Override
    public TurnContext context() {
        return request.turn();
    }

    @Override
    public CodexSettings settings() {
        return settings;
    }

    @Override
    public ThreadId thread() {
        OpenThread current = open;
        if (current == null) {
            throw new IllegalStateException("a request came before its thread was open");
        }
        return current.id();
    }

    @Override
    public Optional<TurnId> turn() {
        return Optional.ofNullable(turn);
    }

    @Override
    public Patches patches() {
        return patches;
    }

    @Override
    public void heard(ServerNotification notification) {
        patches.heard(notification);
        if (hooks.misses(notification, turn())) {
            interrupt(TurnOutcome.Cause.WATCHDOG);
        }
    }

    @Override
    public Trail trail() {
        return trail;
    }

    @Override
    public boolean joined() {
        return joined;
    }

    @Override
    public boolean stopping() {
        return stop != null;
    }

    /** Asks the turn to end; returns at once. */
    void interrupt(TurnOutcome.Cause cause) {
        if (stop == null) {
            stop = cause;
            stopped.complete(cause);
            Thread.ofVirtual().start(() -> inbox.post(new TurnInput.Stop(cause)));
        }
    }

    /** Has Codex asked about it; returns at once. */
    void doubt(String why) {
        Thread.ofVirtual().start(() -> inbox.post(new TurnInput.Doubted(why)));
    }

    /** Injects text; the answer proves nothing. */
    SteerAnswer steer(InputKey input, Prompt prompt) {
        OpenThread current = open;
        TurnId running = turn;
        return current == null || running == null || stop != null
                ? SteerAnswer.NOT_STEERABLE
                : launch.steer(current, running, input, prompt);
    }

    private Optional<TurnOutcome> attempt(int attempt) {
        turn = null;
        inbox.clear();
        try {
            TurnOutcome.Cause cause = stop;
            if (cause != null) {
                return Optional.of(new TurnOutcome.Interrupted(cause, Optional.empty()));
            }
            Optional<TurnOutcome> unmet = services.preconditions().unmet(this, stopped);
            if (unmet.isPresent()) {
                return unmet;
            }
            OpenThread opened =
                    services.threads().open(context().session(), settings, request.prompt());
            open = opened;
            trail.compiled(opened.id(), settings.model(), settings.folderThere());
            ThreadEar ear = new ThreadEar(inbox, services.requests(), this);
            ear.hold();
            heard = ear;
            line.take(line.number(), opened.server().subscribe(opened.id(), ear));
            Optional<TurnInput> started = launch.start(opened, ear);
            return started.isPresent()
                    ? drive(machine(opened.id()), opened.id(), started.get())
                    : busy(opened.id());
        } catch (NotSignedInException e) {
            return Optional.of(
                    Failures.failed(TurnOutcome.Failure.NOT_SIGNED_IN, Optional.empty()));
        } catch (AppServerException e) {
            boolean again = attempt < STARTS_MAX && worthAnotherStart(e);
            LOG.warn(
                    "turn not started: turn={} again={} cause={}",
                    context().key(),
                    again,
                    e.getMessage());
            return again ? Optional.empty() : Optional.of(Failures.of(e));
        } finally {
            line.hangUp();
        }
    }

    /** Before {@code turn/start} went out nothing can have been done twice. */
    private boolean worthAnotherStart(AppServerException e) {
        if (e instanceof ConnectionClosedException) {
            return true;
        }
        boolean notLoaded =
                e instanceof RpcFailedException refused
                        && refused.refusal() == RpcRefusal.NO_SUCH_THREAD;
        if (notLoaded && open != null) {
            services.threads().forgetLoaded(thread());
        }
        return notLoaded;
    }

    private Optional<TurnOutcome> busy(ThreadId thread) {
        services.threads().forgetLoaded(thread);
        TurnOutcome.Cause cause = stop;
        if (cause != null) {
            return Optional.of(new TurnOutcome.Interrupted(cause, Optional.empty()));
        }
        return Optional.of(Failures.failed(TurnOutcome.Failure.THREAD_BUSY, Optional.empty()));
    }

    /** Runs the machine to its end; empty if the turn is to be begun again. */
    private Optional<TurnOutcome> drive(TurnMachine machine, ThreadId thread, TurnInput first) {
        TurnInput input = first;
        TurnOutcome.Cause early = stop;
        if (early != null) {
            inbox.post(new TurnInput.Stop(early));
        }
        services.threads().works(thread);
        try {
            while (true) {
                asked |= input instanceof TurnInput.Asked(String _, boolean people) && people;
                List<TurnStep> steps = machine.accept(input, now());
                turn = machine.turn().orElse(null);
                heed(machine);
                for (TurnStep step : steps) {
                    switch (step) {
                        case TurnStep.Emit(TurnEvent event) -> emit(thread, event);
                        case TurnStep.Ask(String why) -> ask(why, machine.turn());
                        case TurnStep.Reconnect() -> reconnect(thread, machine);
                        case TurnStep.Interrupt() -> interrupt(machine.turn());
                        case TurnStep.Rerun() -> {
                            return rerun(machine);
                        }
                        case TurnStep.End(TurnOutcome outcome, boolean idle) -> {
                            tidy(thread, outcome, idle);
                            return Optional.of(explained(outcome));
                        }
                    }
                }
                input = inbox.next(machine.wakeAt());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(
                    new TurnOutcome.Interrupted(TurnOutcome.Cause.SHUTDOWN, Optional.empty()));
        } finally {
            services.threads().rests(thread);
            inbox.disarm();
            line.hangUp();
        }
    }

    private void emit(ThreadId thread, TurnEvent event) {
        if (event instanceof TurnEvent.Counted counted) {
            services.threads()
                    .filled(thread, new ContextFill(counted.context(), counted.contextWindow()));
        }
        events.accept(event);
    }

    /** Once: what is not taken a second time has a reason that a third time would not mend. */
    private Optional<TurnOutcome> rerun(TurnMachine machine) {
        if (machine.followedAnother()) {
            return Optional.empty();
        }
        if (reran) {
            return Optional.of(
                    Failures.failed(
                            TurnOutcome.Failure.SERVER_UNAVAILABLE,
                            Optional.of("Codex did not take it, tried twice")));
        }
        reran = true;
        LOG.info("not taken by codex, once more: turn={}", context().key());
        return Optional.empty();
    }

    private void ask(String why, Optional<TurnId> known) {
        LOG.info("asking codex: turn={} because={}", context().key(), why);
        trail.asked(why);
        OpenThread there = open;
        int number = line.number();
        beside(
                number,
                () ->
                        post(
                                number,
                                inquiry.ask(there, known)
                                        .<TurnInput>map(TurnInput.Told::new)
                                        // The listener's word may have come before we asked.
                                        .orElseGet(TurnInput.Cut::new)));
    }

    /** An answer to a run that has gone on since is of no use to it. */
    private void post(int number, TurnInput answer) {
        if (line.isStill(number)) {
            inbox.post(answer);
        }
    }

    /** Until a turn is known to have our input, what it asks people is left to its own client. */
    private void heed(TurnMachine machine) {
        joined = machine.followedAnother();
        ThreadEar ear = heard;
        if (ear != null && machine.isOurs()) {
            ear.release();
        } else if (ear != null) {
            ear.hold();
        }
    }

    private void reconnect(ThreadId thread, TurnMachine machine) {
        OpenThread before = open;
        if (before != null && before.server().isOpen()) {
            LOG.info("asking codex once more: turn={} thread={}", context().key(), thread);
        } else {
            LOG.warn("connection lost: turn={} thread={}", context().key(), thread);
        }
        trail.cut();
        hooks.blind();
        services.threads().forgetLoaded(thread);
        line.hangUp();
        int number = line.number();
        Optional<TurnId> known = machine.turn();
        ThreadEar ear = new ThreadEar(inbox, services.requests(), this);
        heard = ear;
        heed(machine);
        beside(
                number,
                () -> {
                    Inquiry.Reconnected back = inquiry.reconnect(thread, known, ear);
                    back.connection()
                            .filter(made -> line.take(number, made.subscription()))
                            .ifPresent(made -> open = OpenThread.idle(made.server(), thread));
                    post(number, new TurnInput.Told(back.facts(), back.lived()));
                });
    }

    private void interrupt(Optional<TurnId> running) {
        OpenThread current = open;
        if (current != null && running.isPresent()) {
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            interrupting = done;
            interrupted = true;
            beside(
                    line.number(),
                    () -> {
                        boolean ended = false;
                        try {
                            services.requests().withdraw(current.id(), running.get());
                            ended =
                                    Interrupts.send(
                                            current,
                                            running.get(),
                                            settings.watches(),
                                            services.checkpoints(),
                                            () -> inbox.post(new TurnInput.NotInterrupted()));
                        } finally {
                            done.complete(ended);
                        }
                    });
        }
    }

    private TurnOutcome explained(TurnOutcome outcome) {
        OpenThread current = open;
        TurnOutcome said = hooks.told(outcome);
        TurnOutcome told = interrupting.join() ? said : Interrupts.withRunningCommands(said);
        return current == null ? told : Allowance.explained(told, current.server(), now());
    }

    /** Bookkeeping that fails must not cost the answer. */
    private void tidy(ThreadId thread, TurnOutcome outcome, boolean idle) {
        try {
            finish(thread, outcome, idle);
        } catch (DatabaseException e) {
            LOG.error("turn={} ended, but not everything about it was noted", context().key(), e);
        }
    }

    private void finish(ThreadId thread, TurnOutcome outcome, boolean idle) {
        // What ends commands must be over before the next turn may start some.
        interrupting.join();
        if (turn != null && asked) {
            services.requests().turnOver(thread, turn);
        }
        if (!idle) {
            services.threads().forgetLoaded(thread);
        }
        if (hooks.hasMissed()) {
            services.threads().note(context().session(), Facts.HOOKS, Optional.empty());
        }
        OpenThread used = open;
        if (used != null && used.temporary()) {
            services.threads().note(context().session(), Facts.TEMPORARY, Optional.empty());
        }
        Optional.of(outcome)
                .filter(_ -> interrupted)
                .flatMap(Interrupts::toldNext)
                .ifPresent(
                        cause ->
                                services.threads()
                                        .note(
                                                context().session(),
                                                Facts.INTERRUPTED,
                                                Optional.of(cause)));
        LOG.info(
                "turn ended: turn={} thread={} outcome={}",
                context().key(),
                thread,
                outcome.getClass().getSimpleName());
    }

    private void noteRecovered() {
        try {
            if (turn != null) {
                services.threads().recovered(context().session());
            }
        } catch (DatabaseException e) {
            LOG.error("turn={} was found, but its thread was not noted", context().key(), e);
        }
    }

    private TurnMachine machine(ThreadId thread) {
        return new TurnMachine(
                thread,
                request.input(),
                request.prompt().text(),
                settings.watches(),
                request.begun().map(Beginning::at).orElseGet(this::now),
                now());
    }

    private Instant now() {
        return services.timers().instant();
    }

    /** Works on a thread of its own; if Chela itself breaks there, the turn must not wait. */
    private void beside(int number, Runnable work) {
        Thread.ofVirtual()
                .name("chela-turn-aside")
                .start(
                        () -> {
                            try {
                                trail.watching(work);
                            } catch (Exception e) {
                                LOG.error("could not ask codex: turn={}", context().key(), e);
                                post(
                                        number,
                                        new TurnInput.Told(
                                                new TurnFacts.Unreachable("Chela could not ask")));
                            }
                        });
    }
}
