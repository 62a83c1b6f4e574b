package dev.chela.harness.codex;

import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.protocol.BackgroundTerminalsClean;
import dev.chela.harness.appserver.protocol.ThreadUnsubscribe;
import dev.chela.harness.session.Binding;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of side questions: copies of a session's thread that are in Codex's memory alone. No
 * session is ever bound to one, and the thread that is copied is neither loaded nor disturbed, also
 * while a turn runs on it.
 */
final class SideThreads {

    private static final Logger LOG = LoggerFactory.getLogger(SideThreads.class);

    private final Threads threads;

    SideThreads(Threads threads) {
        this.threads = threads;
    }

    /**
     * A thread for one side question.
     *
     * @param inTurn whether a turn ran on the thread that was copied; Codex shows it in the copy as
     *     if the user had interrupted it
     */
    record SideThread(OpenThread open, boolean inTurn) {}

    /**
     * A copy of the session's thread. Where that never had a turn or is lost, a new one that is
     * told what the transcript has; where there is none, a new one.
     *
     * @param settings those of a side question
     * @throws AppServerException if the server cannot be had or refuses
     */
    SideThread open(SessionKey session, CodexSettings settings) {
        AppServer server = threads.server(session);
        Optional<Binding> bound = threads.binding(session);
        if (bound.isEmpty()) {
            return fresh(server, settings);
        }
        ThreadId thread = bound.get().thread();
        boolean inTurn = threads.isWorking(thread) || server.isBusy(thread);
        try {
            ThreadId copy = server.request(ThreadForms.aside(thread, settings)).thread().id();
            LOG.info("side thread: thread={} of={} in-turn={}", copy, thread, inTurn);
            return new SideThread(OpenThread.idle(server, copy), inTurn);
        } catch (RpcFailedException e) {
            if (e.refusal() != RpcRefusal.NO_SUCH_THREAD
                    && e.refusal() != RpcRefusal.UNREADABLE_THREAD) {
                throw e;
            }
            LOG.info("nothing to copy: thread={} cause={}", thread, e.refusal());
            SideThread fresh = fresh(server, settings);
            threads.tellPast(server, fresh.open().id(), bound.get());
            return fresh;
        }
    }

    private static SideThread fresh(AppServer server, CodexSettings settings) {
        ThreadId thread = server.request(ThreadForms.aside(settings)).thread().id();
        LOG.info("side thread: thread={} of=none", thread);
        return new SideThread(OpenThread.idle(server, thread), false);
    }

    /** Ends what it left running and lets it go; best effort, what fails is logged. */
    static void letGo(OpenThread thread, Watches watches) {
        try {
            thread.server().request(new BackgroundTerminalsClean(thread.id()), watches.stop());
            thread.server().request(new ThreadUnsubscribe(thread.id()), watches.stop());
        } catch (AppServerException e) {
            LOG.debug("side thread not let go: thread={} cause={}", thread.id(), e.getMessage());
        }
    }
}
