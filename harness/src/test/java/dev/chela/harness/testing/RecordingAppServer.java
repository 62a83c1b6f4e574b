package dev.chela.harness.testing;

import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.Place;
import dev.chela.harness.appserver.ServerVersion;
import dev.chela.harness.appserver.Subscription;
import dev.chela.harness.appserver.ThreadListener;
import dev.chela.harness.appserver.protocol.ClientRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Passes everything on to another app-server and remembers what was asked. */
public record RecordingAppServer(AppServer other, List<ClientRequest<?>> asked)
        implements AppServer {

    @Override
    public ServerVersion version() {
        return other.version();
    }

    @Override
    public <R> R request(ClientRequest<R> request) {
        asked.add(request);
        return other.request(request);
    }

    @Override
    public <R> R request(ClientRequest<R> request, Duration deadline) {
        asked.add(request);
        return other.request(request, deadline);
    }

    @Override
    public Subscription subscribe(ThreadId thread, ThreadListener listener) {
        return other.subscribe(thread, listener);
    }

    @Override
    public Subscription subscribe(ThreadListener listener) {
        return other.subscribe(listener);
    }

    @Override
    public boolean isBusy(ThreadId thread) {
        return other.isBusy(thread);
    }

    @Override
    public boolean livesOn() {
        return other.livesOn();
    }

    @Override
    public boolean isOpen() {
        return other.isOpen();
    }

    @Override
    public CompletableFuture<AppServerException> closed() {
        return other.closed();
    }

    @Override
    public Place place() {
        return other.place();
    }

    @Override
    public Optional<Long> pid() {
        return other.pid();
    }

    @Override
    public String stderrTail() {
        return other.stderrTail();
    }

    @Override
    public void close() {
        other.close();
    }
}
