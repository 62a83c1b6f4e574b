package dev.chela.harness.codex;

import dev.chela.harness.Beginning;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.Subscription;
import dev.chela.harness.appserver.ThreadListener;
import dev.chela.harness.appserver.protocol.ThreadRead;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Codex what became of a turn, over the connection there is or a new one. */
final class Inquiry {

    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);
    private static final int CONNECTIONS_MAX = 3;

    /** From here on a user message carries the client's name for it. */
    private static final String CLIENT_IDS_SINCE = "0.169.0";

    private final Threads threads;
    private final CodexSettings settings;
    private final TurnRequest request;

    Inquiry(Threads threads, CodexSettings settings, TurnRequest request) {
        this.threads = threads;
        this.settings = settings;
        this.request = request;
    }

    /** A server, and the listener's place in it. */
    record Connection(AppServer server, Subscription subscription) {}

    /**
     * What came of connecting anew.
     *
     * @param connection empty if that failed
     * @param lived whether the server went on while there was no connection
     */
    record Reconnected(Optional<Connection> connection, TurnFacts facts, boolean lived) {}

    /** Empty if the connection is gone. */
    Optional<TurnFacts> ask(@Nullable OpenThread thread, Optional<TurnId> turn) {
        if (thread == null) {
            return Optional.of(new TurnFacts.Unreachable("no thread is open"));
        }
        try {
            return Optional.of(read(thread.server(), thread.id(), turn));
        } catch (ConnectionClosedException e) {
            return Optional.empty();
        } catch (AppServerException e) {
            return Optional.of(unreachable(e));
        }
    }

    /** Attaches, listens, resumes the thread, then asks. */
    Reconnected reconnect(ThreadId thread, Optional<TurnId> turn, ThreadListener ear) {
        TurnFacts facts = new TurnFacts.Unreachable("the app-server could not be reached");
        boolean lived = false;
        for (int i = 0; i < CONNECTIONS_MAX; i++) {
            @Nullable Subscription subscription = null;
            try {
                AppServer server = threads.server(request.turn().session());
                lived = server.livesOn();
                subscription = server.subscribe(thread, ear);
                threads.resume(server, thread, settings);
                TurnFacts said = read(server, thread, turn);
                return new Reconnected(
                        Optional.of(new Connection(server, subscription)), said, lived);
            } catch (AppServerException e) {
                LOG.warn("could not ask: thread={} try={} cause={}", thread, i + 1, e.getMessage());
                facts = afterRefusal(e);
                close(subscription);
                if (!(e instanceof ConnectionClosedException)) {
                    break;
                }
            } catch (NotSignedInException e) {
                facts = new TurnFacts.Unreachable("Codex is not signed in");
                break;
            }
        }
        return new Reconnected(Optional.empty(), facts, lived);
    }

    private TurnFacts read(AppServer server, ThreadId thread, Optional<TurnId> turn) {
        try {
            return TurnFacts.of(
                    server.request(new ThreadRead(thread, true)).thread(),
                    turn,
                    new TurnFacts.Sought(
                            request.input(),
                            request.prompt().text(),
                            request.begun().map(Beginning::at),
                            server.version().isAtLeast(CLIENT_IDS_SINCE)));
        } catch (RpcFailedException e) {
            return afterRefusal(e);
        }
    }

    /**
     * A thread that Codex cannot show holds no user message, hence not ours. But where an earlier
     * process heard the turn begin, this may not be the Codex that it began in, or not all of it.
     */
    private TurnFacts afterRefusal(AppServerException e) {
        boolean noTurns =
                e instanceof RpcFailedException refused
                        && (refused.refusal() == RpcRefusal.NO_SUCH_THREAD
                                || refused.refusal() == RpcRefusal.UNSUPPORTED);
        if (!noTurns) {
            return unreachable(e);
        }
        boolean began = request.begun().flatMap(Beginning::heard).isPresent();
        return began ? new TurnFacts.Forgotten() : new TurnFacts.NeverTaken();
    }

    private static TurnFacts.Unreachable unreachable(AppServerException e) {
        return new TurnFacts.Unreachable(String.valueOf(e.getMessage()));
    }

    private static void close(@Nullable Subscription subscription) {
        if (subscription != null) {
            subscription.close();
        }
    }
}
