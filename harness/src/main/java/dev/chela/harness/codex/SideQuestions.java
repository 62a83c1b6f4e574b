package dev.chela.harness.codex;

import dev.chela.config.state.Checkpoints;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Timers;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnOutcome.Cause;
import dev.chela.harness.TurnOutcome.Failed;
import dev.chela.harness.TurnOutcome.Failure;
import dev.chela.harness.TurnOutcome.Interrupted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Questions that people ask beside a session's turns. Each is answered in a thread of its own that
 * knows the conversation so far; nothing of it is stored, and no turn is steered, delayed or told
 * of it.
 */
public final class SideQuestions {

    static final int IN_SESSION_MAX = 2;
    static final int AT_ONCE_MAX = 8;

    private static final TurnOutcome TOOK_TOO_LONG =
            new Failed(
                    Failure.TIMEOUT,
                    "This side question was not answered within %d minutes and was given up. The"
                                    .formatted(Watches.SIDE_MAX.toMinutes())
                            + " conversation goes on as it was.");
    private static final TurnOutcome STOPPED = new Interrupted(Cause.USER_STOP, Optional.empty());
    private static final TurnOutcome SHUT_DOWN = new Interrupted(Cause.SHUTDOWN, Optional.empty());

    private final SessionSettings settings;
    private final SideThreads threads;
    private final Timers timers;
    private final Checkpoints checkpoints;
    private final List<SideQuestion> running = new ArrayList<>();
    private boolean closed;

    /**
     * @param codex the same that turns and commands use
     */
    public SideQuestions(Codex codex, Timers timers, Checkpoints checkpoints) {
        this.settings = codex.sessionSettings();
        this.threads = new SideThreads(codex.threadBook());
        this.timers = timers;
        this.checkpoints = checkpoints;
    }

    /**
     * Asks and waits, at most ten minutes; never throws. One that is ended by {@link #close} has
     * {@link Cause#SHUTDOWN} and may be asked again.
     *
     * @param model chosen for the session, as the config writes models
     */
    public TurnOutcome ask(SessionKey session, String question, Optional<String> model) {
        SideQuestion one =
                new SideQuestion(
                        session,
                        question,
                        () -> settings.of(session, model),
                        threads,
                        timers,
                        checkpoints);
        Optional<TurnOutcome> refused = refusal(one);
        if (refused.isPresent()) {
            return refused.get();
        }
        Timers.Alarm alarm = timers.after(Watches.SIDE_MAX, () -> one.end(TOOK_TOO_LONG));
        Thread.ofVirtual().name("chela-side").start(one::run);
        one.gone().thenRun(() -> forget(one));
        try {
            return one.outcome().join();
        } finally {
            alarm.cancel();
        }
    }

    /** Ends the session's side questions; says how many there were. */
    public int stop(SessionKey session) {
        List<SideQuestion> theirs;
        synchronized (running) {
            theirs =
                    running.stream()
                            .filter(one -> one.session().equals(session))
                            .filter(one -> !one.outcome().isDone())
                            .toList();
        }
        theirs.forEach(one -> one.end(STOPPED));
        return theirs.size();
    }

    /** Ends all of them and takes no more; waits until nothing of them is left in Codex. */
    public void close(Duration atMost) {
        List<SideQuestion> all;
        synchronized (running) {
            closed = true;
            all = List.copyOf(running);
        }
        all.forEach(one -> one.end(SHUT_DOWN));
        CompletableFuture.allOf(
                        all.stream().map(SideQuestion::gone).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Takes it in unless there are too many. */
    private Optional<TurnOutcome> refusal(SideQuestion one) {
        synchronized (running) {
            if (closed) {
                return Optional.of(SHUT_DOWN);
            }
            long here = running.stream().filter(o -> o.session().equals(one.session())).count();
            if (here >= IN_SESSION_MAX || running.size() >= AT_ONCE_MAX) {
                String where = here >= IN_SESSION_MAX ? "here" : "by this bot";
                return Optional.of(
                        new Failed(
                                Failure.OVERLOADED,
                                ("Too many side questions are being answered %s. Ask again when one"
                                                + " of them is done.")
                                        .formatted(where)));
            }
            running.add(one);
            return Optional.empty();
        }
    }

    private void forget(SideQuestion one) {
        synchronized (running) {
            running.remove(one);
        }
    }
}
