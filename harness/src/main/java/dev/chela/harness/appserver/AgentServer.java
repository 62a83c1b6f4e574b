package dev.chela.harness.appserver;

import dev.chela.config.state.DatabaseException;
import dev.chela.harness.appserver.protocol.ServerDiagnostics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's server over time: started when asked for, by one caller for all who ask meanwhile.
 * The lock guards fields only; starting happens outside it.
 */
final class AgentServer {

    private static final Logger log = LoggerFactory.getLogger(AgentServer.class);
    private static final int TRIES_MAX = 3;

    /** Long enough to download and unpack the managed Codex first. */
    private static final Duration START_DEADLINE = Duration.ofMinutes(15);

    static final Duration PROBE_DEADLINE = Duration.ofSeconds(2);

    private record Running(
            ConnectedAppServer server, String hash, Instant since, Silence silence) {}

    private final String agentId;
    private final ServerLauncher launcher;
    private final InstantSource clock;
    private final Duration probe;
    private final ReentrantLock lock = new ReentrantLock();
    private final RestartPause pause = new RestartPause();
    private @Nullable CompletableFuture<Running> current;
    private @Nullable Thread starter;
    private int starts;
    private @Nullable String lastProblem;
    private boolean closed;
    private CompletableFuture<@Nullable Void> tidied = CompletableFuture.completedFuture(null);

    /**
     * @param probe how long a question about its state may take
     */
    AgentServer(String agentId, ServerLauncher launcher, InstantSource clock, Duration probe) {
        this.agentId = agentId;
        this.launcher = launcher;
        this.clock = clock;
        this.probe = probe;
    }

    /**
     * Ends in the background what outlived an earlier start and works on nothing; a start waits for
     * that. Call it before anything else.
     */
    void tidyUp(Duration startup) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        tidied = done;
        Thread.ofVirtual()
                .name("app-server-tidy-" + agentId)
                .start(
                        () -> {
                            try {
                                launcher.endIdle(agentId, startup);
                            } catch (AppServerException | DatabaseException e) {
                                log.warn("an earlier app-server stays: {}", e.getMessage());
                            } finally {
                                done.complete(null);
                            }
                        });
    }

    AppServer attach(AppServerSettings settings) {
        String hash = launcher.hash(agentId, settings);
        Duration startup = settings.startup();
        for (int round = 0; round < TRIES_MAX; round++) {
            CompletableFuture<Running> future = futureFor(settings, startup);
            Running running = joined(future);
            if (running.server().isOpen() && usable(running, hash)) {
                running.server().boundOutput();
                return running.server();
            }
            // It ended or hangs, or is free and was started with other settings: the next round
            // replaces it.
            retire(future, running);
        }
        throw new ConnectionClosedException(
                "the app-server starts and ends again: %s".formatted(lastProblem()), null);
    }

    /** Keeps what the running one prints within its bound. */
    void boundOutput() {
        CompletableFuture<Running> future;
        lock.lock();
        try {
            future = current;
        } finally {
            lock.unlock();
        }
        if (future != null && future.isDone() && !future.isCompletedExceptionally()) {
            future.join().server().boundOutput();
        }
    }

    AppServerHealth health() {
        CompletableFuture<Running> future;
        int startCount;
        Optional<String> problem;
        lock.lock();
        try {
            future = current;
            startCount = starts;
            problem = Optional.ofNullable(lastProblem);
        } finally {
            lock.unlock();
        }
        boolean starting = future != null && !future.isDone();
        Running running =
                future == null || starting || future.isCompletedExceptionally()
                        ? null
                        : future.getNow(null);
        if (running == null || !running.server().isOpen()) {
            return new AppServerHealth(
                    agentId,
                    starting ? AppServerHealth.State.STARTING : AppServerHealth.State.DOWN,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    startCount,
                    Optional.empty(),
                    problem,
                    Optional.empty());
        }
        return probed(running, startCount, problem);
    }

    /**
     * Closes the connection.
     *
     * @param leave a server that outlives us works on; otherwise it is ended, too
     */
    void close(boolean leave) {
        CompletableFuture<Running> last;
        lock.lock();
        try {
            closed = true;
            last = current;
            if (last != null && !last.isDone() && starter != null) {
                starter.interrupt(); // nobody waits for that server any more
            }
        } finally {
            lock.unlock();
        }
        tidied.join();
        if (last != null) {
            last.thenAccept(running -> part(running.server(), leave))
                    .exceptionally(e -> null)
                    .join();
        }
    }

    private static void part(ConnectedAppServer server, boolean leave) {
        if (leave) {
            server.leave();
        } else {
            server.end();
        }
    }

    private CompletableFuture<Running> futureFor(AppServerSettings settings, Duration startup) {
        lock.lock();
        try {
            if (closed) {
                throw new ConnectionClosedException("Chela is stopping", null);
            }
            CompletableFuture<Running> known = current;
            if (known != null) {
                return known;
            }
            var fresh = new CompletableFuture<Running>();
            current = fresh;
            starts++;
            starter =
                    Thread.ofVirtual()
                            .name("app-server-start-" + agentId)
                            .start(() -> start(fresh, settings, startup));
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /** The root of a start's thread: whatever happens, whoever waits is told. */
    private void start(
            CompletableFuture<Running> fresh, AppServerSettings settings, Duration startup) {
        Instant began = clock.instant();
        try {
            tidied.join();
            ServerLauncher.Launched launched = tried(settings, startup);
            ConnectedAppServer server = launched.server();
            server.closed().thenAccept(cause -> ended(began, cause));
            log.info(
                    "app-server ready agent={} version={} pid={}",
                    agentId,
                    server.version(),
                    server.pid().map(String::valueOf).orElse("remote"));
            fresh.complete(
                    new Running(server, launched.hash(), clock.instant(), new Silence(clock)));
        } catch (RuntimeException e) {
            ended(began, e);
            clear(fresh);
            fresh.completeExceptionally(e);
        }
    }

    private ServerLauncher.Launched tried(AppServerSettings settings, Duration startup) {
        Duration wait = pauseLeft();
        for (int tries = 1; ; tries++) {
            LockSupport.parkNanos(wait.toNanos());
            try {
                return launcher.launch(agentId, settings, startup);
            } catch (ConnectionClosedException e) {
                if (!e.wasConnected() || tries == TRIES_MAX) {
                    throw e;
                }
                log.info("app-server start {} of {} failed: {}", tries, TRIES_MAX, e.getMessage());
                wait = Duration.ofMillis(100L << tries);
            }
        }
    }

    private Running joined(CompletableFuture<Running> future) {
        try {
            return future.get(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AppServerException cause) {
                throw cause;
            }
            throw new ConnectionClosedException("the app-server did not start: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new RequestTimedOutException(
                    "the app-server was not ready after %d minutes"
                            .formatted(START_DEADLINE.toMinutes()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionClosedException("waiting for the app-server was interrupted", e);
        }
    }

    private void retire(CompletableFuture<Running> future, Running running) {
        if (running.server().isOpen()) {
            running.server().end();
        } else {
            // Lost, perhaps not dead: the launcher adopts one that outlives us.
            running.server().close();
        }
        clear(future);
    }

    private void clear(CompletableFuture<Running> future) {
        lock.lock();
        try {
            if (future.equals(current)) {
                current = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void ended(Instant began, Exception cause) {
        lock.lock();
        try {
            lastProblem = cause.getMessage();
            pause.ended(began, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private Duration pauseLeft() {
        lock.lock();
        try {
            return pause.left(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether it has the settings of now, or ending it would cut a turn. In doubt it stays: a turn
     * that was cut is worse than a server that is replaced late.
     */
    private boolean usable(Running running, String hash) {
        ConnectedAppServer server = running.server();
        boolean current = running.hash().equals(hash);
        if (current && !server.isMute()) {
            return true;
        }
        try {
            // Where it cannot tell, whoever follows a thread may have a turn there.
            boolean works = server.works(probe).orElseGet(server::followed);
            return current || works;
        } catch (AppServerException e) {
            boolean hangs = running.silence().isOver(server.heard());
            log.warn(
                    "app-server agent={} does not answer, {}: {}",
                    agentId,
                    hangs ? "and has not for long; it is replaced" : "a turn may run on it",
                    e.getMessage());
            return server.isOpen() && !hangs;
        }
    }

    private String lastProblem() {
        lock.lock();
        try {
            return String.valueOf(lastProblem);
        } finally {
            lock.unlock();
        }
    }

    private AppServerHealth probed(Running running, int startCount, Optional<String> problem) {
        ConnectedAppServer server = running.server();
        Optional<ServerDiagnostics.Result> seen = Optional.empty();
        boolean silent = false;
        try {
            seen = Optional.of(server.request(new ServerDiagnostics(), probe));
        } catch (RpcFailedException e) {
            // 0.125 does not know the method, but it answers: it lives.
        } catch (AppServerException e) {
            silent = true;
        }
        return new AppServerHealth(
                agentId,
                silent ? AppServerHealth.State.SILENT : AppServerHealth.State.RUNNING,
                Optional.of(server.version()),
                server.pid(),
                seen.map(result -> result.process().residentMemoryBytes()),
                seen.map(result -> result.gauge("core.turns.active").orElse(0)),
                startCount,
                Optional.of(running.since()),
                problem,
                Optional.of(server.faults()));
    }
}
