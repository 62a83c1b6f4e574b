package dev.chela.harness.appserver;

import dev.chela.config.Release;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.ClientRequest;
import dev.chela.harness.appserver.protocol.Initialize;
import dev.chela.harness.appserver.protocol.ServerDiagnostics;
import dev.chela.harness.appserver.protocol.ThreadLoadedList;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.WireCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An app-server over one transport, whatever that is. */
final class ConnectedAppServer implements AppServer {

    private static final Initialize HELLO =
            new Initialize(
                    new Initialize.Client("chela", "Chela", Release.VERSION),
                    new Initialize.Capabilities(true));

    /** One for all connections: what it learns of each record costs more than connecting does. */
    private static final WireCodec CODEC = new WireCodec();

    private final RpcConnection connection;
    private final Subscriptions subscriptions;
    private final Peer peer;
    private final Duration requestTimeout;
    private final ServerVersion version;

    private ConnectedAppServer(
            RpcConnection connection,
            Subscriptions subscriptions,
            Peer peer,
            Duration requestTimeout,
            ServerVersion version) {
        this.connection = connection;
        this.subscriptions = subscriptions;
        this.peer = peer;
        this.requestTimeout = requestTimeout;
        this.version = version;
    }

    /** What is known of the other side besides its messages. */
    interface Peer {

        Optional<Long> pid();

        String stderrTail();

        /** Ends the process for good, where closing the connection does not. */
        default void end() {}

        /** Keeps what the process prints within its bound. */
        default void boundOutput() {}

        /** Where the server runs. */
        default Place place() {
            return Place.OWN;
        }

        /** Whether the process goes on when the connection ends. */
        default boolean livesOn() {
            return true;
        }

        /** A peer whose process is not ours. */
        static Peer at(Place place) {
            return new Peer() {
                @Override
                public Place place() {
                    return place;
                }

                @Override
                public Optional<Long> pid() {
                    return Optional.empty();
                }

                @Override
                public String stderrTail() {
                    return "";
                }
            };
        }
    }

    /**
     * Introduces itself over {@code transport} and checks who answers; closes the transport if that
     * fails.
     *
     * @param requestTimeout for requests without a deadline of their own
     * @param startup for the introduction
     */
    static ConnectedAppServer introduce(
            Transport transport, Peer peer, Duration requestTimeout, Duration startup) {
        var subscriptions = new Subscriptions(peer.livesOn());
        var connection = new RpcConnection(transport, CODEC, subscriptions);
        connection.start();
        try {
            Initialize.Result answer = connection.request(HELLO, startup);
            ServerVersion version = ServerVersion.accepted(answer.userAgent());
            connection.tell("initialized");
            return new ConnectedAppServer(connection, subscriptions, peer, requestTimeout, version);
        } catch (AppServerException e) {
            connection.end(e.getMessage());
            connection.close();
            throw e;
        }
    }

    @Override
    public ServerVersion version() {
        return version;
    }

    @Override
    public <R> R request(ClientRequest<R> request) {
        return request(request, requestTimeout);
    }

    @Override
    public <R> R request(ClientRequest<R> request, Duration deadline) {
        if (request instanceof ThreadResume resumed) {
            subscriptions.follows(resumed.threadId());
        }
        return connection.request(request, deadline);
    }

    @Override
    public Subscription subscribe(ThreadId thread, ThreadListener listener) {
        return subscriptions.add(thread, listener);
    }

    @Override
    public Subscription subscribe(ThreadListener listener) {
        return subscriptions.add(listener);
    }

    @Override
    public boolean isBusy(ThreadId thread) {
        return subscriptions.isBusy(thread);
    }

    @Override
    public boolean livesOn() {
        return peer.livesOn();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public CompletableFuture<AppServerException> closed() {
        return connection.closed();
    }

    @Override
    public Place place() {
        return peer.place();
    }

    @Override
    public Optional<Long> pid() {
        return peer.pid();
    }

    @Override
    public String stderrTail() {
        return peer.stderrTail();
    }

    AppServerHealth.Faults faults() {
        RpcCounters counters = connection.counters();
        return new AppServerHealth.Faults(
                counters.malformedCount(),
                counters.oversizedCount(),
                counters.lateCount(),
                counters.overloadCount());
    }

    /** Whether somebody follows a thread here: a turn may run. */
    boolean followed() {
        return subscriptions.threads() > 0;
    }

    /** Whether it left a request unanswered and has said nothing since. */
    boolean isMute() {
        return connection.isMute();
    }

    /** How many messages came so far. */
    long heard() {
        return connection.counters().heardCount();
    }

    /**
     * Whether a turn runs; empty where the server cannot tell.
     *
     * @param deadline for each question
     * @throws AppServerException if it does not answer in time
     */
    Optional<Boolean> works(Duration deadline) {
        try {
            // Before the first turn there is no such gauge.
            return Optional.of(
                    request(new ServerDiagnostics(), deadline).gauge("core.turns.active").orElse(0)
                            > 0);
        } catch (RpcFailedException e) {
            return worksOnLoaded(deadline);
        }
    }

    /** 0.125 has no diagnostics, but it knows its threads. */
    private Optional<Boolean> worksOnLoaded(Duration deadline) {
        try {
            ThreadLoadedList.Result loaded = request(new ThreadLoadedList(), deadline);
            if (loaded.data().stream().anyMatch(thread -> isActive(thread, deadline))) {
                return Optional.of(true);
            }
            return loaded.nextCursor() == null ? Optional.of(false) : Optional.empty();
        } catch (RpcFailedException e) {
            return Optional.empty();
        }
    }

    private boolean isActive(ThreadId thread, Duration deadline) {
        try {
            return request(new ThreadRead(thread, false), deadline).thread().status()
                    instanceof ThreadStatus.Active;
        } catch (RpcFailedException e) {
            // It never had a turn.
            return false;
        }
    }

    void boundOutput() {
        peer.boundOutput();
    }

    /** Closes the connection without telling those who follow threads: their turns go on. */
    void leave() {
        subscriptions.silence();
        connection.close();
    }

    /** Closes and ends the process, also one that would outlive us. */
    void end() {
        connection.close();
        peer.end();
    }

    @Override
    public void close() {
        connection.close();
    }
}
