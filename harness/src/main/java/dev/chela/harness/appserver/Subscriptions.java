package dev.chela.harness.appserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who listens to what on one connection. */
final class Subscriptions implements RpcInbound {

    private final Map<ThreadId, List<Mailbox>> byThread = new ConcurrentHashMap<>();
    private final List<Mailbox> general = new CopyOnWriteArrayList<>();

    /** Threads with a running turn; the server tells each connection of all of them. */
    private final Set<ThreadId> busy = ConcurrentHashMap.newKeySet();

    private final AtomicReference<@Nullable AppServerException> ended = new AtomicReference<>();

    /** Threads that this connection is told of at all, as far as we asked for it. */
    private final Set<ThreadId> followed = ConcurrentHashMap.newKeySet();

    /** Also its own lock: a request is either heard by a listener or kept for the next. */
    private final Unheard unheard = new Unheard();

    private final boolean shared;
    private volatile boolean silent;

    /**
     * @param shared whether other clients may be connected to the same server
     */
    Subscriptions(boolean shared) {
        this.shared = shared;
    }

    Subscription add(ThreadId thread, ThreadListener listener) {
        var mailbox = new Mailbox(listener, thread.value());
        follows(thread);
        synchronized (unheard) {
            byThread.compute(
                    thread,
                    (id, others) -> {
                        var all = others == null ? new CopyOnWriteArrayList<Mailbox>() : others;
                        all.add(mailbox);
                        return all;
                    });
            unheard.take(thread).forEach(one -> mailbox.requested(one.request(), one.reply()));
        }
        endIfLate(mailbox);
        return () -> {
            byThread.computeIfPresent(
                    thread,
                    (id, all) -> {
                        all.remove(mailbox);
                        return all.isEmpty() ? null : all;
                    });
            mailbox.cancel();
        };
    }

    Subscription add(ThreadListener listener) {
        var mailbox = new Mailbox(listener, "general");
        general.add(mailbox);
        endIfLate(mailbox);
        return () -> {
            general.remove(mailbox);
            mailbox.cancel();
        };
    }

    /** The thread may be at work for another client, which has people of its own. */
    void follows(ThreadId thread) {
        followed.add(thread);
    }

    /** How many threads somebody listens to. */
    int threads() {
        return byThread.size();
    }

    boolean isBusy(ThreadId thread) {
        return busy.contains(thread);
    }

    @Override
    public void notified(ServerNotification notification, JsonNode params, int chars) {
        switch (notification) {
            case ServerNotification.ThreadStatusChanged changed -> changed(changed);
            case ServerNotification.ServerRequestResolved resolved -> {
                synchronized (unheard) {
                    unheard.resolved(resolved.requestId());
                }
            }
            case ServerNotification other -> {}
        }
        Optional<ThreadId> thread = notification.about();
        List<Mailbox> audience = thread.map(this::listeners).orElse(general);
        for (Mailbox mailbox : audience) {
            mailbox.tap().heard(notification.method(), params, chars);
            mailbox.notified(notification);
        }
    }

    private void changed(ServerNotification.ThreadStatusChanged changed) {
        if (changed.status() instanceof ThreadStatus.Active) {
            busy.add(changed.threadId());
            return;
        }
        busy.remove(changed.threadId());
        synchronized (unheard) {
            unheard.idle(changed.threadId());
        }
    }

    @Override
    public void requested(ServerRequest request, Reply reply) {
        if (!isHeard(request, reply)) {
            // Off the reader, which must never wait for the writer.
            Thread.ofVirtual()
                    .start(() -> reply.fail(Reply.NOT_SERVED, "nobody listens to this thread"));
        }
    }

    private boolean isHeard(ServerRequest request, Reply reply) {
        synchronized (unheard) {
            if (request.about().map(this::listeners).orElse(List.of()).stream()
                    .anyMatch(mailbox -> mailbox.requested(request, reply))) {
                return true;
            }
            if (mayBeAnothers(request)) {
                // Refused by us, it would be refused to whoever reads it at another client.
                unheard.add(request, reply);
                return true;
            }
        }
        return general.stream().anyMatch(mailbox -> mailbox.requested(request, reply));
    }

    private boolean mayBeAnothers(ServerRequest request) {
        return shared
                && request.isForPeople()
                && request.about().filter(followed::contains).isPresent();
    }

    /** From now on nobody is told that the connection ended. */
    void silence() {
        silent = true;
    }

    @Override
    public void closed(AppServerException cause) {
        if (silent) {
            return;
        }
        ended.compareAndSet(null, cause);
        byThread.values().forEach(all -> all.forEach(mailbox -> mailbox.closed(cause)));
        general.forEach(mailbox -> mailbox.closed(cause));
    }

    private List<Mailbox> listeners(ThreadId thread) {
        return byThread.getOrDefault(thread, List.of());
    }

    private void endIfLate(Mailbox mailbox) {
        AppServerException cause = ended.get();
        if (cause != null) {
            mailbox.closed(cause);
        }
    }
}
