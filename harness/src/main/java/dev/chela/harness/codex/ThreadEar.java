package dev.chela.harness.codex;

import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.Reply;
import dev.chela.harness.appserver.ThreadListener;
import dev.chela.harness.appserver.WireTap;
import dev.chela.harness.appserver.protocol.RpcId;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears a thread for a turn: hands everything to its mailbox and serves requests beside it. */
final class ThreadEar implements ThreadListener {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadEar.class);

    private final TurnInbox inbox;
    private final ServerRequests requests;
    private final TurnHandle turn;
    private final AtomicLong count = new AtomicLong();
    private final Object holding = new Object();
    private @Nullable List<Held> held;
    private final Map<RpcId, ServerRequest> unanswered = new ConcurrentHashMap<>();

    ThreadEar(TurnInbox inbox, ServerRequests requests, TurnHandle turn) {
        this.inbox = inbox;
        this.requests = requests;
        this.turn = turn;
    }

    @Override
    public WireTap tap() {
        return turn.trail().tap();
    }

    @Override
    public void notified(ServerNotification notification) {
        if (notification instanceof ServerNotification.ServerRequestResolved resolved) {
            forget(resolved.requestId());
            ServerRequest moot = unanswered.remove(resolved.requestId());
            if (moot != null) {
                Thread.ofVirtual().name("chela-moot").start(() -> requests.withdraw(moot));
            }
        }
        turn.heard(notification);
        inbox.post(new TurnInput.Notified(notification));
    }

    /** A request that is left to another client for now. */
    private record Held(ServerRequest request, Reply reply) {}

    /**
     * From now on what a turn asks people is left to the client whose turn it may be. Tools are
     * ours alone and go on being served.
     */
    void hold() {
        synchronized (holding) {
            if (held == null) {
                held = new ArrayList<>();
            }
        }
    }

    /** The turn that asked is over and was not ours; the next one is still held. */
    void forget() {
        synchronized (holding) {
            if (held != null) {
                held.clear();
            }
        }
    }

    /** Serves everything, also what was held: the turn is ours. */
    void release() {
        List<Held> waiting;
        synchronized (holding) {
            waiting = held == null ? List.of() : held;
            held = null;
        }
        waiting.forEach(one -> take(one.request(), one.reply()));
    }

    /** That client has answered it. */
    private void forget(RpcId answered) {
        synchronized (holding) {
            if (held != null) {
                held.removeIf(one -> one.reply().id().filter(answered::equals).isPresent());
            }
        }
    }

    @Override
    public void requested(ServerRequest request, Reply reply) {
        synchronized (holding) {
            if (held != null && request.isForPeople()) {
                held.add(new Held(request, reply));
                return;
            }
        }
        take(request, reply);
    }

    private void take(ServerRequest request, Reply reply) {
        String name = System.identityHashCode(this) + "/" + count.incrementAndGet();
        reply.id().ifPresent(id -> unanswered.put(id, request));
        inbox.post(new TurnInput.Asked(name, request.isForPeople()));
        Thread.ofVirtual().name("chela-request").start(() -> serve(name, request, reply));
    }

    /**
     * Whatever goes wrong while serving, the server gets an answer and the turn learns of it. The
     * turn learns first: once answered, the server may end the turn at any moment.
     */
    private void serve(String name, ServerRequest request, Reply reply) {
        ServerRequests.Served served = ServerRequests.Served.NOTHING;
        try {
            served = requests.serve(request, turn);
        } catch (Exception e) {
            LOG.error("request not served: turn={}", turn.context().key(), e);
        } finally {
            reply.id().ifPresent(unanswered::remove);
            inbox.post(new TurnInput.Replied(name, served.tool(), served.delivered()));
            served.answer()
                    .ifPresentOrElse(
                            reply::answer,
                            () -> reply.fail(Reply.NOT_SERVED, "Chela does not serve this"));
        }
    }

    @Override
    public void closed(AppServerException cause) {
        inbox.post(new TurnInput.Cut());
    }
}
