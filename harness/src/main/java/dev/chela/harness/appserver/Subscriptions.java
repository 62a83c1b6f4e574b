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
    private volatile boolean silent;

    Subscription add(ThreadId thread, ThreadListener listener) {
        var mailbox = new Mailbox(listener, thread.value());
        byThread.compute(
                thread,
                (id, others) -> {
                    var all = others == null ? new CopyOnWriteArrayList<Mailbox>() : others;
                    all.add(mailbox);
                    return all;
                });
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

    /** How many threads somebody listens to. */
    int threads() {
        return byThread.size();
    }

    boolean isBusy(ThreadId thread) {
        return busy.contains(thread);
    }

    @Override
    public void notified(ServerNotification notification, JsonNode params, int chars) {
        if (notification instanceof ServerNotification.ThreadStatusChanged changed) {
            if (changed.status() instanceof ThreadStatus.Active) {
                busy.add(changed.threadId());
            } else {
                busy.remove(changed.threadId());
            }
        }
        Optional<ThreadId> thread = notification.about();
        List<Mailbox> audience = thread.map(this::listeners).orElse(general);
        for (Mailbox mailbox : audience) {
            mailbox.tap().heard(notification.method(), params, chars);
            mailbox.notified(notification);
        }
    }

    @Override
    public void requested(ServerRequest request, Reply reply) {
        for (Mailbox mailbox : request.about().map(this::listeners).orElse(List.of())) {
            if (mailbox.requested(request, reply)) {
                return;
            }
        }
        for (Mailbox mailbox : general) {
            if (mailbox.requested(request, reply)) {
                return;
            }
        }
        // Off the reader, which must never wait for the writer.
        Thread.ofVirtual()
                .start(() -> reply.fail(Reply.NOT_SERVED, "nobody listens to this thread"));
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
