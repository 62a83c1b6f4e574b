package dev.chela.harness.kit;

import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.Reply;
import dev.chela.harness.appserver.ThreadListener;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Remembers what a thread tells, answers what it asks, and lets a test wait for either. */
public final class TurnWatch implements ThreadListener {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ServerNotification> seen = new ArrayList<>();
    private final List<ServerRequest> asked = new ArrayList<>();
    private Function<ServerRequest, Optional<ServerAnswer>> answers = _ -> Optional.empty();
    private final List<Reply> open = new ArrayList<>();
    private @Nullable AppServerException closed;

    /** How requests are answered from now on; empty leaves one open. */
    public TurnWatch answering(Function<ServerRequest, Optional<ServerAnswer>> how) {
        change(() -> answers = how);
        return this;
    }

    @Override
    public void notified(ServerNotification notification) {
        change(() -> seen.add(notification));
    }

    @Override
    public void requested(ServerRequest request, Reply reply) {
        var answer = answers.apply(request);
        change(
                () -> {
                    asked.add(request);
                    if (answer.isEmpty()) {
                        open.add(reply);
                    }
                });
        answer.ifPresent(reply::answer);
    }

    /** Waits until so many requests are open, then ends each of them so. */
    public void endOpen(int count, Consumer<Reply> how) {
        await(count + " open requests", () -> open.stream().skip(count - 1L));
        List<Reply> now = new ArrayList<>();
        change(
                () -> {
                    now.addAll(open);
                    open.clear();
                });
        now.forEach(how);
    }

    @Override
    public void closed(AppServerException cause) {
        change(() -> closed = cause);
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Everything told so far. */
    public List<ServerNotification> seen() {
        lock.lock();
        try {
            return List.copyOf(seen);
        } finally {
            lock.unlock();
        }
    }

    /** Everything asked so far. */
    public List<ServerRequest> asked() {
        lock.lock();
        try {
            return List.copyOf(asked);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a notification of this type that fits. */
    public <T extends ServerNotification> T await(Class<T> type, Predicate<T> fits) {
        return await(
                type.getSimpleName(),
                () -> seen.stream().filter(type::isInstance).map(type::cast).filter(fits));
    }

    /** Waits for a request of this type. */
    public <T extends ServerRequest> T awaitAsked(Class<T> type) {
        return await(
                type.getSimpleName(),
                () -> asked.stream().filter(type::isInstance).map(type::cast));
    }

    /** Waits for the end of this turn and shows all of it. */
    public TurnSeen awaitEnd(TurnId turn) {
        await(ServerNotification.TurnCompleted.class, end -> end.turnId().equals(turn));
        return new TurnSeen(turn, seen());
    }

    /** Waits until the connection is gone. */
    public void awaitClosed() {
        await("the end of the connection", () -> Optional.ofNullable(closed).stream());
    }

    private <T> T await(String what, java.util.function.Supplier<java.util.stream.Stream<T>> find) {
        var left = PATIENCE.toNanos();
        lock.lock();
        try {
            while (true) {
                var found = find.get().findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                if (left <= 0) {
                    throw new AssertionError(
                            "waited in vain for " + what + "; asked " + asked + "; seen " + seen);
                }
                left =
                        changed.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)))
                                + left
                                - Math.min(left, TimeUnit.SECONDS.toNanos(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }
}
