package dev.chela.harness.codex;

import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.Reply;
import dev.chela.harness.appserver.ThreadListener;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Hears the thread of a side question, which is its alone: passes on what is said to the end, and
 * declines whatever is asked.
 */
final class SideEar implements ThreadListener {

    private final TurnInbox inbox;
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private volatile @Nullable TurnId turn;

    SideEar(TurnInbox inbox) {
        this.inbox = inbox;
    }

    /** Codex's name of the turn; known even where {@code turn/start} was never answered. */
    Optional<TurnId> turn() {
        return Optional.ofNullable(turn);
    }

    /** Completes, never exceptionally, when its turn was heard to begin. */
    CompletableFuture<Boolean> begun() {
        return begun;
    }

    /** {@code turn/start} was answered. */
    void named(TurnId id) {
        turn = id;
    }

    @Override
    public void notified(ServerNotification notification) {
        switch (notification) {
            case ServerNotification.TurnStarted started -> {
                turn = started.turnId();
                begun.complete(true);
            }
            case ServerNotification.ItemCompleted _, ServerNotification.TurnCompleted _ ->
                    inbox.post(new TurnInput.Notified(notification));
            case ServerNotification other -> {}
        }
    }

    @Override
    public void requested(ServerRequest request, Reply reply) {
        Unattended.SIDE
                .answer(request)
                .ifPresentOrElse(
                        reply::answer,
                        () -> reply.fail(Reply.NOT_SERVED, "Chela does not serve this"));
    }

    @Override
    public void closed(AppServerException cause) {
        inbox.post(new TurnInput.Cut());
    }
}
