package dev.chela.harness.codex;

import dev.chela.config.state.DatabaseException;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.ThreadFork;
import dev.chela.harness.appserver.protocol.ThreadLoadedList;
import dev.chela.harness.appserver.protocol.ThreadOpened;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.ThreadUnsubscribe;
import dev.chela.harness.session.Bindings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that are in an app-server's memory for us, and on which of them turns of ours run.
 * One that no session is bound to and no turn runs on is let go in the background: the server
 * unloads it some time after its last listener left. Opening and letting go of one thread exclude
 * each other, without a lock over either.
 */
final class LoadedThreads {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedThreads.class);

    /** Older servers do not tell a client of the turns that another one starts. */
    private static final String STATUS_TOLD_SINCE = "0.169.0";

    private static final Duration LEAVE_DEADLINE = Duration.ofSeconds(5);

    private final Bindings bindings;
    private final Executor background;
    private final Set<ThreadId> working = ConcurrentHashMap.newKeySet();

    /** Which connection has a thread loaded and heard by us; a warm turn skips the resume. */
    private final Map<ThreadId, AppServer> loaded = new ConcurrentHashMap<>();

    /** How many ask for a thread now; written before {@link #leaving} is read. */
    private final Map<ThreadId, Integer> opening = new ConcurrentHashMap<>();

    /** Who is let go now; written before {@link #opening} is read. */
    private final Map<ThreadId, CompletableFuture<@Nullable Void>> leaving =
            new ConcurrentHashMap<>();

    LoadedThreads(Bindings bindings, Executor background) {
        this.bindings = bindings;
        this.background = background;
    }

    ThreadOpened start(AppServer server, ThreadStart request) {
        ThreadOpened opened = server.request(request);
        nowLoaded(opened.thread().id(), server);
        return opened;
    }

    /** Loads a thread, or joins it where it is loaded; one on which a turn runs is not warm. */
    ThreadOpened resume(AppServer server, ThreadResume request) {
        ThreadId thread = request.threadId();
        opening.merge(thread, 1, Integer::sum);
        try {
            Optional.ofNullable(leaving.get(thread)).ifPresent(CompletableFuture::join);
            ThreadOpened opened = server.request(request);
            if (!(opened.thread().status() instanceof ThreadStatus.Active)) {
                nowLoaded(thread, server);
            }
            return opened;
        } finally {
            opening.computeIfPresent(thread, (id, count) -> count == 1 ? null : count - 1);
        }
    }

    /** A copy with all that was said; what runs on the thread goes on there. */
    ThreadOpened fork(AppServer server, ThreadFork request) {
        ThreadOpened opened = server.request(request);
        nowLoaded(opened.thread().id(), server);
        return opened;
    }

    /** Whether the server has it in its memory, for whomever: then it keeps its config. */
    static boolean isLoadedThere(AppServer server, ThreadId thread) {
        ThreadLoadedList.Result page = server.request(new ThreadLoadedList());
        return page.nextCursor() != null || page.data().contains(thread);
    }

    private void nowLoaded(ThreadId thread, AppServer server) {
        loaded.values().removeIf(other -> !other.isOpen());
        loaded.put(thread, server);
    }

    boolean isWarm(ThreadId thread, AppServer server) {
        return server.equals(loaded.get(thread));
    }

    /** The next turn resumes the thread anew instead of trusting that it is loaded and idle. */
    void forget(ThreadId thread) {
        loaded.remove(thread);
    }

    /** A turn of ours is followed there. */
    void works(ThreadId thread) {
        working.add(thread);
    }

    /** It is over; a thread that nobody is bound to was only kept for it. */
    void rests(ThreadId thread) {
        working.remove(thread);
        letGo(thread);
    }

    boolean isWorking(ThreadId thread) {
        return working.contains(thread);
    }

    /** Whether a turn of whatever client runs on a loaded thread. */
    boolean isBusy(AppServer server, ThreadId thread) {
        if (server.isBusy(thread) || working.contains(thread)) {
            return true;
        }
        if (server.version().isAtLeast(STATUS_TOLD_SINCE) || server.pid().isPresent()) {
            return false;
        }
        try {
            ThreadRead question = new ThreadRead(thread, false);
            return server.request(question).thread().status() instanceof ThreadStatus.Active;
        } catch (RpcFailedException e) {
            // It never had a turn.
            return false;
        }
    }

    /**
     * Lets a thread go if nothing needs it any more; whether it does is found out in the
     * background.
     */
    void letGo(ThreadId thread) {
        if (loaded.containsKey(thread)) {
            background.execute(() -> leaveIfFree(thread));
        }
    }

    private void leaveIfFree(ThreadId thread) {
        var left = new CompletableFuture<@Nullable Void>();
        if (leaving.putIfAbsent(thread, left) != null) {
            return;
        }
        try {
            if (!isFree(thread)) {
                return;
            }
            AppServer server = loaded.remove(thread);
            // From here on the thread must be opened again; who was quicker is bound or opening.
            if (server != null && isFree(thread) && !server.isBusy(thread)) {
                server.request(new ThreadUnsubscribe(thread), LEAVE_DEADLINE);
                LOG.debug("thread let go: thread={}", thread);
            }
        } catch (AppServerException | DatabaseException e) {
            LOG.debug("thread not let go: thread={} cause={}", thread, e.getMessage());
        } finally {
            leaving.remove(thread);
            left.complete(null);
        }
    }

    private boolean isFree(ThreadId thread) {
        return !working.contains(thread)
                && !opening.containsKey(thread)
                && bindings.of(thread).isEmpty();
    }
}
