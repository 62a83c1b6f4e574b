package dev.chela.harness.appserver;

import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.appserver.protocol.ClientRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A server whose deadlines are on a test's own clock; the ones it really has are far later. */
public final class DeadlinedServer implements AppServer {

    private static final Duration FAR = Duration.ofHours(1);

    private final AppServer inner;
    private final Timers timers;
    private final Duration requestTimeout;
    private final Silence silence;
    private volatile boolean mute;

    /**
     * @param requestTimeout for requests without a deadline of their own
     */
    public DeadlinedServer(AppServer inner, Timers timers, Duration requestTimeout) {
        this.inner = inner;
        this.timers = timers;
        this.requestTimeout = requestTimeout;
        this.silence = new Silence(timers);
    }

    /** Whether whoever attaches to it now replaces it, by the rule of {@link AgentServer}. */
    public boolean isGivenUp() {
        return mute && silence.isOver(0);
    }

    @Override
    public <R> R request(ClientRequest<R> request) {
        return request(request, requestTimeout);
    }

    @Override
    public <R> R request(ClientRequest<R> request, Duration deadline) {
        var answer = new CompletableFuture<R>();
        Thread.ofVirtual()
                .name("deadlined-request")
                .start(
                        () -> {
                            try {
                                answer.complete(inner.request(request, FAR));
                                mute = false;
                            } catch (AppServerException e) {
                                answer.completeExceptionally(e);
                            }
                        });
        var alarm = timers.after(deadline, () -> ranOut(request.method(), answer));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AppServerException failure
                    ? failure
                    : new IllegalStateException("a request failed otherwise", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestTimedOutException("interrupted while waiting");
        } finally {
            alarm.cancel();
        }
    }

    private void ranOut(String method, CompletableFuture<?> answer) {
        mute = true;
        answer.completeExceptionally(new RequestTimedOutException(method + " had no answer"));
    }

    @Override
    public ServerVersion version() {
        return inner.version();
    }

    @Override
    public Subscription subscribe(ThreadId thread, ThreadListener listener) {
        return inner.subscribe(thread, listener);
    }

    @Override
    public Subscription subscribe(ThreadListener listener) {
        return inner.subscribe(listener);
    }

    @Override
    public boolean isBusy(ThreadId thread) {
        return inner.isBusy(thread);
    }

    @Override
    public boolean livesOn() {
        return inner.livesOn();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    public CompletableFuture<AppServerException> closed() {
        return inner.closed();
    }

    @Override
    public Place place() {
        return inner.place();
    }

    @Override
    public Optional<Long> pid() {
        return inner.pid();
    }

    @Override
    public String stderrTail() {
        return inner.stderrTail();
    }

    @Override
    public void close() {
        inner.close();
    }
}
