package dev.chela.harness.codex;

import dev.chela.config.QueueMode;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.protocol.CodexThread;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.TurnStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a turn that is not ours to leave a thread, and shows what it does meanwhile: a {@code
 * turn/start} on a busy thread would steer that turn instead. After 30 s Codex is asked, and where
 * the turn still runs the session's queue mode decides (harness §5 row 19).
 */
final class IdleWait {

    private static final Logger LOG = LoggerFactory.getLogger(IdleWait.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_MAX = Duration.ofMinutes(30);
    private static final String ITEM = "another-client";
    private static final String TITLE = "Waits for another client's turn";

    private final TurnInbox inbox;
    private final TurnServices services;
    private final Watches watches;
    private final BooleanSupplier stopped;
    private final Consumer<TurnEvent> events;
    private final Supplier<QueueMode> mode;

    private @Nullable TurnId running;
    private String last = TITLE;
    private boolean interrupted;

    IdleWait(
            TurnInbox inbox,
            TurnServices services,
            Watches watches,
            BooleanSupplier stopped,
            Consumer<TurnEvent> events,
            Supplier<QueueMode> mode) {
        this.inbox = inbox;
        this.services = services;
        this.watches = watches;
        this.stopped = stopped;
        this.events = events;
        this.mode = mode;
    }

    /** How the waiting ended. */
    sealed interface End {

        /** The thread is idle. */
        record Free() implements End {}

        /** Our input was given to the turn that runs there. */
        record Joined(TurnId turn) implements End {}

        /** Somebody stopped us, or the time of a whole turn is over. */
        record GaveUp() implements End {}
    }

    /**
     * Waits until one of these holds; what was heard meanwhile is of no use to our turn.
     *
     * @param join gives our input to that turn; false if it takes none
     * @throws ConnectionClosedException if the connection ends
     */
    End await(OpenThread thread, Predicate<TurnId> join) {
        LOG.info("waiting for another turn: thread={}", thread.id());
        Instant began = now();
        Duration patience = PATIENCE;
        Instant due = began.plus(patience);
        show(TITLE, true);
        try {
            if (!isBusy(thread)) {
                return new End.Free();
            }
            while (!stopped.getAsBoolean()) {
                if (freed(inbox.next(Optional.of(due)))) {
                    return new End.Free();
                }
                if (!now().isBefore(due)) {
                    patience = longer(patience);
                    due = now().plus(patience);
                    Optional<End> decided = asked(thread, join, began);
                    if (decided.isPresent()) {
                        return decided.get();
                    }
                }
            }
            return new End.GaveUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new End.GaveUp();
        } finally {
            inbox.disarm();
            show(last, false);
        }
    }

    private boolean freed(TurnInput heard) {
        if (heard instanceof TurnInput.Cut) {
            throw new ConnectionClosedException("the connection ended while waiting", null);
        }
        return heard instanceof TurnInput.Notified(ServerNotification notification)
                && follows(notification);
    }

    /** Takes in what the other turn does; whether it is over. */
    private boolean follows(ServerNotification notification) {
        return switch (notification) {
            case ServerNotification.TurnCompleted ended -> true;
            case ServerNotification.ThreadStatusChanged changed ->
                    !(changed.status() instanceof ThreadStatus.Active);
            case ServerNotification.TurnStarted started -> {
                running = started.turn().id();
                yield false;
            }
            case ServerNotification.ItemStarted started -> {
                ItemTitles.of(started.item())
                        .ifPresent(title -> show("Another client: " + title, true));
                yield false;
            }
            case ServerNotification other -> false;
        };
    }

    private Optional<End> asked(OpenThread thread, Predicate<TurnId> join, Instant began) {
        if (!isBusy(thread)) {
            return Optional.of(new End.Free());
        }
        Duration elapsed = Duration.between(began, now());
        if (elapsed.compareTo(watches.run()) >= 0) {
            return Optional.of(new End.GaveUp());
        }
        TurnId other = running;
        QueueMode how = mode.get();
        LOG.info("another turn still runs: thread={} turn={} mode={}", thread.id(), other, how);
        if (other != null && how == QueueMode.STEER && join.test(other)) {
            return Optional.of(new End.Joined(other));
        }
        if (other != null && how == QueueMode.INTERRUPT && !interrupted) {
            interrupted = true;
            Interrupts.send(thread, other, watches, services.checkpoints(), () -> {});
        } else {
            events.accept(new TurnEvent.StillWorking(elapsed, last));
        }
        return Optional.empty();
    }

    /** Asks Codex; who does not answer is taken to be busy. */
    private boolean isBusy(OpenThread thread) {
        try {
            CodexThread seen = thread.server().request(new ThreadRead(thread.id(), true)).thread();
            seen.turns().reversed().stream()
                    .filter(turn -> turn.status() == TurnStatus.IN_PROGRESS)
                    .findFirst()
                    .map(CodexTurn::id)
                    .ifPresent(turn -> running = turn);
            return seen.status() instanceof ThreadStatus.Active;
        } catch (ConnectionClosedException e) {
            throw e;
        } catch (AppServerException e) {
            LOG.warn("could not ask whether idle: thread={} cause={}", thread.id(), e.getMessage());
            return true;
        }
    }

    private void show(String title, boolean begun) {
        last = title;
        events.accept(new TurnEvent.Activity(ITEM, title, begun));
    }

    private static Duration longer(Duration patience) {
        Duration twice = patience.multipliedBy(2);
        return twice.compareTo(PATIENCE_MAX) > 0 ? PATIENCE_MAX : twice;
    }

    private Instant now() {
        return services.timers().instant();
    }
}
