package dev.chela.harness.codex;

import dev.chela.config.QueueMode;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.AgentHarness;
import dev.chela.harness.Beginning;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.trajectory.Trail;
import dev.chela.harness.trajectory.Trajectories;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs turns in the Codex app-server. */
public final class CodexHarness implements AgentHarness {

    private static final Logger LOG = LoggerFactory.getLogger(CodexHarness.class);

    private final SessionSettings settings;
    private final Threads threads;
    private final TurnServices services;
    private final Approvals approvals;
    private final Trajectories trajectories;
    private final Map<TurnKey, TurnRun> running = new ConcurrentHashMap<>();

    /** Whose messages always wait for a turn that another client runs. */
    public CodexHarness(
            Codex codex,
            ToolCalls tools,
            Approvals approvals,
            Timers timers,
            Checkpoints checkpoints) {
        this(codex, tools, approvals, timers, checkpoints, session -> QueueMode.FOLLOWUP);
    }

    /** Without trajectories. */
    public CodexHarness(
            Codex codex,
            ToolCalls tools,
            Approvals approvals,
            Timers timers,
            Checkpoints checkpoints,
            Function<SessionKey, QueueMode> queue) {
        this(codex, tools, approvals, timers, checkpoints, queue, Trajectories.none());
    }

    /**
     * @param codex the same that commands use: both know which threads are loaded
     * @param queue what a session's messages do to a turn that another client runs
     */
    public CodexHarness(
            Codex codex,
            ToolCalls tools,
            Approvals approvals,
            Timers timers,
            Checkpoints checkpoints,
            Function<SessionKey, QueueMode> queue,
            Trajectories trajectories) {
        this.trajectories = trajectories;
        this.threads = codex.threadBook();
        this.settings = codex.sessionSettings();
        this.approvals = approvals;
        this.services =
                new TurnServices(
                        threads,
                        new Preconditions(threads, codex.computerUse()),
                        new ServerRequests(tools, approvals),
                        timers,
                        checkpoints,
                        queue);
    }

    @Override
    public TurnOutcome run(TurnRequest request, Consumer<TurnEvent> events) {
        TurnOutcome outcome = track(request, events, TurnRun::run);
        return told(
                request,
                outcome instanceof TurnOutcome.Completed silent
                                && Reminder.isDue(request.turn(), silent)
                        ? reminded(request, events, silent)
                        : outcome);
    }

    /** Says with the first answer on a new thread that it is one (harness §6). */
    private TurnOutcome told(TurnRequest request, TurnOutcome outcome) {
        if (!(outcome instanceof TurnOutcome.Completed completed)
                || request.turn().source().kind() == Source.Kind.INTERNAL) {
            return outcome;
        }
        try {
            return threads.toTell(request.turn().session(), request.turn().key())
                    .<TurnOutcome>map(replacement -> completed.withNotice(replacement.notice()))
                    .orElse(outcome);
        } catch (DatabaseException e) {
            LOG.warn("turn={} replacement not told: {}", request.turn().key(), e.getMessage());
            return outcome;
        }
    }

    /**
     * Tells the agent once that nobody saw its answer (sessions-and-routing §10). Not repeated
     * after a restart: then the person is told instead.
     */
    private TurnOutcome reminded(
            TurnRequest request, Consumer<TurnEvent> events, TurnOutcome.Completed silent) {
        TurnRequest again = Reminder.of(request);
        TurnOutcome second =
                track(
                        again,
                        event -> {
                            if (!event.equals(new TurnEvent.InputTaken(again.input()))) {
                                events.accept(event);
                            }
                        },
                        TurnRun::run);
        return Reminder.joined(silent, second);
    }

    @Override
    public TurnOutcome recover(TurnRequest request, Consumer<TurnEvent> events) {
        Optional<ThreadId> used =
                request.begun()
                        .flatMap(Beginning::heard)
                        .map(TurnEvent.Started::thread)
                        .or(() -> threads.lastUsed(request.turn().session()));
        // A session that was never bound never gave Codex anything.
        return told(
                request,
                track(
                        request,
                        events,
                        run -> used.isPresent() ? run.recover(used.get()) : run.run()));
    }

    @Override
    public SteerAnswer steer(TurnKey turn, InputKey input, Prompt prompt) {
        TurnRun run = running.get(turn);
        return run == null ? SteerAnswer.NOT_STEERABLE : run.steer(input, prompt);
    }

    @Override
    public void interrupt(TurnKey turn, TurnOutcome.Cause cause) {
        TurnRun run = running.get(turn);
        if (run != null) {
            run.interrupt(cause);
        }
    }

    @Override
    public void ask(TurnKey turn, String why) {
        TurnRun run = running.get(turn);
        if (run != null) {
            run.doubt(why);
        }
    }

    @Override
    public void forget(SessionKey session) {
        approvals.forget(session);
        threads.unbind(session);
    }

    private TurnOutcome track(
            TurnRequest request, Consumer<TurnEvent> events, Function<TurnRun, TurnOutcome> work) {
        Trail trail = trajectories.of(request.turn());
        trail.began(request);
        TurnRun run =
                new TurnRun(
                        request,
                        settings.of(request.turn().session(), request.model()),
                        services,
                        trail,
                        events.andThen(trail::happened));
        running.put(request.turn().key(), run);
        try {
            TurnOutcome outcome = trail.watching(() -> work.apply(run));
            trail.ended(outcome);
            return outcome;
        } catch (RuntimeException e) {
            trail.broke(e);
            throw e;
        } finally {
            running.remove(request.turn().key(), run);
        }
    }
}
