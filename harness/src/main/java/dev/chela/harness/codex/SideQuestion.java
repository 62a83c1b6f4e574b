package dev.chela.harness.codex;

import dev.chela.config.state.Checkpoints;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Timers;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnOutcome.Cause;
import dev.chela.harness.TurnOutcome.Failure;
import dev.chela.harness.TurnOutcome.Interrupted;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.Subscription;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.codex.SideThreads.SideThread;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side question: a turn on a thread of its own, of which nothing is kept. It may end from
 * outside at any moment; the person is then told at once, and the turn is ended behind that.
 */
final class SideQuestion {

    private static final Logger LOG = LoggerFactory.getLogger(SideQuestion.class);

    /** It changes nothing, so one that was cut off can be asked again. */
    private static final int TRIES_MAX = 2;

    private static final String NOTE =
            "This is a side question that the user asks beside the conversation so far. Answer it"
                    + " now and briefly from what you know of the conversation; do not go on with"
                    + " its work. You can read here and change nothing: nobody can be asked for an"
                    + " approval, and the bot's tools are not available. The conversation will not"
                    + " know of this question.";
    private static final String IN_TURN =
            " Its last turn is shown here as if the user had interrupted it. Nobody did: it goes"
                    + " on in the conversation, and what it did last may be missing here.";

    private final SessionKey session;
    private final String question;
    private final Supplier<CodexSettings> usual;
    private final SideThreads threads;
    private final Timers timers;
    private final Checkpoints checkpoints;

    /** Of the try that is made now; the outcome is there before whoever waits is woken. */
    private volatile TurnInbox inbox;

    private final CompletableFuture<TurnOutcome> outcome = new CompletableFuture<>();
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

    /**
     * @param usual what the session's turns run with, asked for when it begins
     */
    SideQuestion(
            SessionKey session,
            String question,
            Supplier<CodexSettings> usual,
            SideThreads threads,
            Timers timers,
            Checkpoints checkpoints) {
        this.session = session;
        this.question = question;
        this.usual = usual;
        this.threads = threads;
        this.timers = timers;
        this.checkpoints = checkpoints;
        this.inbox = new TurnInbox(timers);
    }

    SessionKey session() {
        return session;
    }

    /** Completes, never exceptionally, with what the person is to be told. */
    CompletableFuture<TurnOutcome> outcome() {
        return outcome;
    }

    /** Completes, never exceptionally, when nothing of it is left in Codex. */
    CompletableFuture<Boolean> gone() {
        return gone;
    }

    /** Ends it with this outcome unless it has one; returns at once. */
    void end(TurnOutcome how) {
        if (outcome.complete(how)) {
            inbox.post(new TurnInput.Woken());
        }
    }

    /** Asks it; the root of a thread. */
    void run() {
        try {
            outcome.complete(answered());
        } catch (NotSignedInException e) {
            outcome.complete(Failures.failed(Failure.NOT_SIGNED_IN, Optional.empty()));
        } catch (AppServerException e) {
            LOG.warn("side question failed: session={} cause={}", session, e.getMessage());
            outcome.complete(Failures.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome.complete(new Interrupted(Cause.SHUTDOWN, Optional.empty()));
        } catch (Exception e) {
            LOG.error("side question broke: session={}", session, e);
            outcome.complete(Failures.failed(Failure.INTERNAL, Optional.empty()));
        } finally {
            inbox.close();
            gone.complete(true);
        }
    }

    private TurnOutcome answered() throws InterruptedException {
        CodexSettings settings = usual.get().aside();
        for (int tries = 1; ; tries++) {
            try {
                return asked(settings);
            } catch (ConnectionClosedException e) {
                if (tries == TRIES_MAX || outcome.isDone()) {
                    throw e;
                }
                LOG.info("side question asked again: session={} cause={}", session, e.getMessage());
                inbox.close();
                inbox = new TurnInbox(timers);
            }
        }
    }

    private TurnOutcome asked(CodexSettings settings) throws InterruptedException {
        SideThread side = threads.open(session, settings);
        OpenThread thread = side.open();
        SideEar ear = new SideEar(inbox);
        boolean over = false;
        try (Subscription _ = thread.server().subscribe(thread.id(), ear)) {
            try {
                if (!outcome.isDone()) {
                    ear.named(begun(side, settings));
                }
                Optional<TurnOutcome> heard = heard();
                over = heard.isPresent();
                return heard.map(end -> Allowance.explained(end, thread.server(), now()))
                        .orElseGet(outcome::join);
            } finally {
                leave(thread, ear, over, settings.watches());
            }
        }
    }

    /** What is asked of a connection that ended is in vain, and so is what it had in memory. */
    private void leave(OpenThread thread, SideEar ear, boolean over, Watches watches) {
        if (!thread.server().isOpen()) {
            return;
        }
        Optional<TurnId> running = over ? Optional.empty() : ear.turn();
        running.ifPresent(turn -> interrupt(thread, turn, ear, watches));
        SideThreads.letGo(thread, watches);
    }

    /** Between its answer to {@code turn/start} and its begin Codex knows of no turn to end. */
    private void interrupt(OpenThread thread, TurnId turn, SideEar ear, Watches watches) {
        AtomicBoolean early = new AtomicBoolean();
        Interrupts.send(thread, turn, watches, checkpoints, () -> early.set(true));
        if (early.get()) {
            Timers.Alarm enough = timers.after(watches.stop(), () -> ear.begun().complete(false));
            if (ear.begun().join()) {
                Interrupts.send(thread, turn, watches, checkpoints, () -> {});
            }
            enough.cancel();
        }
    }

    private TurnId begun(SideThread side, CodexSettings settings) {
        String note = side.inTurn() ? NOTE + IN_TURN : NOTE;
        checkpoints.before("codex.side");
        TurnId turn =
                side.open()
                        .server()
                        .request(TurnStarts.aside(side.open(), question, note, settings))
                        .turn()
                        .id();
        checkpoints.after("codex.side");
        return turn;
    }

    /** Waits for the end of its turn; empty if it was ended from outside. */
    private Optional<TurnOutcome> heard() throws InterruptedException {
        TurnText text = new TurnText();
        while (!outcome.isDone()) {
            switch (inbox.next(Optional.empty())) {
                case TurnInput.Notified(ServerNotification.TurnCompleted done) -> {
                    return Optional.of(ended(done.turn(), text));
                }
                case TurnInput.Notified(
                                ServerNotification.ItemCompleted(
                                        var _,
                                        var _,
                                        ThreadItem.AgentMessage said)) ->
                        text.completed(said);
                case TurnInput.Cut() ->
                        throw new ConnectionClosedException(
                                "the connection ended before it was answered", null);
                case TurnInput other -> {}
            }
        }
        return Optional.empty();
    }

    private static TurnOutcome ended(CodexTurn turn, TurnText text) {
        text.catchUp(turn);
        return switch (turn.status()) {
            case FAILED -> Failures.of(turn.error());
            case INTERRUPTED -> new Interrupted(Cause.EXTERNAL, text.answer());
            case COMPLETED, IN_PROGRESS, UNKNOWN ->
                    new TurnOutcome.Completed(text.answer(), false, List.of());
        };
    }

    private Instant now() {
        return timers.instant();
    }
}
