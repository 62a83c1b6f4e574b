package dev.chela.harness.appserver;

import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.ClientRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One live connection to an app-server, handshake done. Once closed it stays closed; {@link
 * AppServers#attach} gives the next one. Thread-safe.
 */
public interface AppServer extends AutoCloseable {

    ServerVersion version();

    /** {@link #request(ClientRequest, Duration)} with {@code appServer.requestTimeoutMs}. */
    <R> R request(ClientRequest<R> request);

    /**
     * Asks and waits. At most 100 requests are in flight, further ones wait within their deadline;
     * an overloaded server is asked again within it.
     *
     * @throws AppServerException if there was no usable answer in time
     */
    <R> R request(ClientRequest<R> request, Duration deadline);

    /**
     * Hears everything about a thread from now on. Subscribe before {@code thread/resume}, and
     * before the first {@code turn/start} on a new thread. Several may listen to one thread;
     * requests go to the oldest of them. A request about a thread without listeners is refused.
     */
    Subscription subscribe(ThreadId thread, ThreadListener listener);

    /** Hears what is about no thread, and requests whose thread has no listener. */
    Subscription subscribe(ThreadListener listener);

    /**
     * Whether a turn runs on that thread, of whatever client, as far as this connection was told:
     * each connection hears of every thread that begins or ends a turn while it is open.
     */
    default boolean isBusy(ThreadId thread) {
        return false;
    }

    boolean isOpen();

    /** Completes, never exceptionally, with why the connection ended. */
    CompletableFuture<AppServerException> closed();

    /** Where it runs: what it may be told and shown depends on that. */
    Place place();

    /** Whether the server goes on when this connection ends. */
    default boolean livesOn() {
        return false;
    }

    /** The server's process, when it is ours. */
    Optional<Long> pid();

    /** The last 2 000 characters of what the server logged; foreign text. */
    String stderrTail();

    /** Ends the connection, and the process if it is a child of ours; idempotent. */
    @Override
    void close();
}
