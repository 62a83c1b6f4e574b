package dev.chela.harness.appserver;

import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what a subscription delivered. */
public final class RecordingListener implements ThreadListener {

    /** A request with the way to answer it. */
    public record Asked(ServerRequest request, Reply reply) {}

    private final List<ServerNotification> seen = new ArrayList<>();
    private final BlockingQueue<ServerNotification> notifications = new LinkedBlockingQueue<>();
    private final BlockingQueue<Asked> requests = new LinkedBlockingQueue<>();
    private final CompletableFuture<AppServerException> closed = new CompletableFuture<>();

    @Override
    public void notified(ServerNotification notification) {
        synchronized (seen) {
            seen.add(notification);
        }
        notifications.add(notification);
    }

    @Override
    public void requested(ServerRequest request, Reply reply) {
        requests.add(new Asked(request, reply));
    }

    @Override
    public void closed(AppServerException cause) {
        closed.complete(cause);
    }

    /** Waits for the next notification of a type, skipping others. */
    public <N extends ServerNotification> N await(Class<N> type) throws InterruptedException {
        while (true) {
            ServerNotification next = notifications.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no " + type.getSimpleName() + " came; saw " + all());
            }
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
    }

    public Asked awaitRequest() throws InterruptedException {
        Asked asked = requests.poll(60, TimeUnit.SECONDS);
        if (asked == null) {
            throw new AssertionError("no request came; saw " + all());
        }
        return asked;
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    public AppServerException awaitClosed() {
        return closed.orTimeout(60, TimeUnit.SECONDS).join();
    }

    public List<ServerNotification> all() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }
}
