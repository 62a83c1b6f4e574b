package dev.chela.bench;

import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.Subscription;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.Personality;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.appserver.protocol.SandboxPolicy;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.UserInput;
import dev.chela.harness.scripted.CodexHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client of the app-server that does nothing but wait, from {@code turn/start} to {@code
 * turn/completed}. Nothing is stored and nothing is shown.
 */
final class RawClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final AppServer server;
    private final ThreadId thread;
    private final TurnOptions options;
    private final Subscription subscription;
    private volatile CompletableFuture<Long> completed = new CompletableFuture<>();

    private RawClient(AppServer server, ThreadId thread, TurnOptions options) {
        this.server = server;
        this.thread = thread;
        this.options = options;
        this.subscription = server.subscribe(thread, this::heard);
    }

    /** On a thread of its own, with nothing but what a turn needs. */
    static RawClient least(AppServer server, Path workspace) {
        ThreadOptions thread =
                ThreadOptions.builder()
                        .cwd(workspace.toString())
                        .model(CodexHome.MODEL)
                        .approvalPolicy(ApprovalPolicy.NEVER)
                        .sandbox(SandboxMode.DANGER_FULL_ACCESS)
                        .build();
        ThreadId id = server.request(ThreadStart.with(thread)).thread().id();
        return new RawClient(server, id, TurnOptions.none());
    }

    /** On a thread of the bot, between its turns, with the settings that it sends on every turn. */
    static RawClient same(AppServer server, ThreadId thread, Path workspace) {
        TurnOptions options =
                TurnOptions.builder()
                        .model(CodexHome.MODEL)
                        .cwd(workspace.toString())
                        .approvalPolicy(ApprovalPolicy.NEVER)
                        .sandboxPolicy(new SandboxPolicy.DangerFullAccess())
                        .personality(Personality.NONE)
                        .build();
        return new RawClient(server, thread, options);
    }

    /** Runs a turn; milliseconds until it was completed. */
    double turn(String text) {
        CompletableFuture<Long> end = new CompletableFuture<>();
        completed = end;
        TurnStart start = new TurnStart(thread, List.of(UserInput.text(text)), null, options);
        long begun = System.nanoTime();
        server.request(start);
        return (end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join() - begun) / 1e6;
    }

    private void heard(ServerNotification notification) {
        if (notification instanceof ServerNotification.TurnCompleted) {
            completed.complete(System.nanoTime());
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
