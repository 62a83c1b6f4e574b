package dev.chela.harness.kit;

import dev.chela.harness.Timers;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.DeadlinedServer;
import dev.chela.harness.appserver.WireClient;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stage whose server replays a recording and goes wrong, and is well when started again. */
public final class TraceStage implements Stage {

    private final TraceReplay replay;
    private final Path workspace;
    private final Timers timers;
    private final Duration requestTimeout;
    private @Nullable DeadlinedServer client;

    /**
     * @param requestTimeout how long an answer is waited for, on the clock of {@code timers}
     */
    public TraceStage(TraceReplay replay, Path workspace, Timers timers, Duration requestTimeout) {
        this.replay = replay;
        this.workspace = workspace;
        this.timers = timers;
        this.requestTimeout = requestTimeout;
    }

    public TraceReplay replay() {
        return replay;
    }

    @Override
    public synchronized AppServer server() {
        var open = client;
        if (open != null && open.isOpen() && open.isGivenUp()) {
            open.close();
        }
        if (open == null || !open.isOpen()) {
            open = new DeadlinedServer(WireClient.open(replay.connect()), timers, requestTimeout);
            client = open;
        }
        return open;
    }

    @Override
    public synchronized void kill() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public void close() {
        kill();
        replay.after().close();
    }
}
