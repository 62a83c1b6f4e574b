package dev.chela.harness.testing;

import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.Place;
import dev.chela.harness.appserver.Reply;
import dev.chela.harness.appserver.RequestTimedOutException;
import dev.chela.harness.appserver.ServerVersion;
import dev.chela.harness.appserver.Subscription;
import dev.chela.harness.appserver.ThreadListener;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.ClientRequest;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.Empty;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.ThreadUnsubscribe;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** An app-server of records: answers as a good one does, unless told otherwise for a method. */
public final class FakeAppServer implements AppServer {

    private final List<ClientRequest<?>> requests = new ArrayList<>();
    private final List<ThreadListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final CompletableFuture<AppServerException> closed = new CompletableFuture<>();
    public volatile AccountRead.Result account = new AccountRead.Result(null, false);
    public volatile List<CodexTurn> history = List.of();
    public volatile ServerVersion version = ServerVersion.parse("0.169.0");
    public volatile Place place = Place.OWN;
    public volatile ThreadStatus status = new ThreadStatus.Idle();

    /** From now on requests of this type get this answer; the function may throw. */
    public <T extends ClientRequest<?>> void on(Class<T> type, Function<T, Object> answer) {
        rules.add(new Rule(type, request -> answer.apply(type.cast(request))));
    }

    /** Never answers requests of this type in time. */
    public void silentOn(Class<? extends ClientRequest<?>> type) {
        on(
                type,
                request -> {
                    throw new RequestTimedOutException(request.method() + " was not answered");
                });
    }

    @Override
    public ServerVersion version() {
        return version;
    }

    @Override
    public <R> R request(ClientRequest<R> request) {
        return request(request, Duration.ofSeconds(1));
    }

    @Override
    public <R> R request(ClientRequest<R> request, Duration deadline) {
        synchronized (requests) {
            requests.add(request);
            requests.notifyAll();
        }
        if (closed.isDone()) {
            throw new ConnectionClosedException("the fake is closed", null);
        }
        Optional<Rule> rule =
                rules.reversed().stream().filter(one -> one.type().isInstance(request)).findFirst();
        Object answer =
                rule.isPresent() ? rule.get().answer().apply(request) : wellBehaved(request);
        return request.result().cast(answer);
    }

    private Object wellBehaved(ClientRequest<?> request) {
        return switch (request) {
            case AccountRead read -> account;
            case ModelList list -> new ModelList.Result(List.of(), null);
            case ThreadStart start -> Wire.opened(Wire.thread(Wire.THREAD, status));
            case ThreadResume resume -> Wire.opened(Wire.thread(resume.threadId(), status));
            case ThreadRead read ->
                    new ThreadRead.Result(
                            Wire.thread(
                                    read.threadId(), status, history.toArray(new CodexTurn[0])));
            case TurnStart start ->
                    new TurnStart.Result(Wire.turn(Wire.TURN, TurnStatus.IN_PROGRESS));
            case ThreadUnsubscribe leave -> new ThreadUnsubscribe.Result("unsubscribed");
            case ClientRequest<?> other -> new Empty();
        };
    }

    /** Waits until a request of this type came, and gives the last one. */
    public <T extends ClientRequest<?>> T await(Class<T> type) throws InterruptedException {
        return await(type, 1);
    }

    /** Waits until {@code count} requests of this type came, and gives the last one. */
    public <T extends ClientRequest<?>> T await(Class<T> type, int count)
            throws InterruptedException {
        Predicate<ClientRequest<?>> wanted = type::isInstance;
        synchronized (requests) {
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (requests.stream().filter(wanted).count() < count) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw new AssertionError("no " + type.getSimpleName() + " in " + requests);
                }
                requests.wait(left);
            }
            return type.cast(requests.stream().filter(wanted).toList().getLast());
        }
    }

    public <T extends ClientRequest<?>> List<T> all(Class<T> type) {
        synchronized (requests) {
            return requests.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    /** Everything that was asked of it, in order. */
    public List<ClientRequest<?>> all() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    public void tell(ServerNotification... notifications) {
        for (ServerNotification notification : notifications) {
            listeners.forEach(listener -> listener.notified(notification));
        }
    }

    /** Asks whoever listens. */
    public void ask(ServerRequest request, Reply reply) {
        listeners.forEach(listener -> listener.requested(request, reply));
    }

    @Override
    public Subscription subscribe(ThreadId thread, ThreadListener listener) {
        return subscribe(listener);
    }

    @Override
    public Subscription subscribe(ThreadListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public CompletableFuture<AppServerException> closed() {
        return closed;
    }

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

    @Override
    public void close() {
        AppServerException cause = new ConnectionClosedException("the fake was closed", null);
        if (closed.complete(cause)) {
            listeners.forEach(listener -> listener.closed(cause));
            listeners.clear();
        }
    }

    private record Rule(Class<?> type, Function<ClientRequest<?>, Object> answer) {}
}
