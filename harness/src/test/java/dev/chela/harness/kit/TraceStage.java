package dev.chela.harness.kit;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stage whose server replays a recording and goes wrong, and is well when started again. */
public final class TraceStage implements Stage {

    private final TraceReplay replay;
    private final Path workspace;
    private final Duration requestTimeout;
    private @Nullable AppServer client;

    /**
     * @param directory empty
     * @param requestTimeout how long a deaf server is waited for, on the clock of this machine
     */
    public TraceStage(
            Trace trace, int position, TraceEnding ending, Path directory, Duration requestTimeout)
            throws IOException {
        replay = new TraceReplay(trace, position, ending, directory);
        workspace = directory;
        this.requestTimeout = requestTimeout;
    }

    public TraceReplay replay() {
        return replay;
    }

    @Override
    public synchronized AppServer server() {
        var open = client;
        if (open == null || !open.isOpen()) {
            open = WireClient.open(replay.connect(), requestTimeout);
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
