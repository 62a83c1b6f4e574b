package dev.chela.harness.kit;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The imitated app-server with clients that come and go; as {@link ListeningStage} is. */
public final class SharedStage implements Stage {

    private final ImitatedStage imitation;
    private @Nullable AppServer client;

    public SharedStage(Path directory) throws IOException {
        imitation = new ImitatedStage(directory);
    }

    @Override
    public synchronized AppServer server() {
        var open = client;
        if (open == null || !open.isOpen()) {
            open = WireClient.open(imitation.codex().connect());
            client = open;
        }
        return open;
    }

    /** Ends the connection; the server goes on. */
    @Override
    public synchronized void kill() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    public Path workspace() {
        return imitation.workspace();
    }

    @Override
    public void close() {
        kill();
        imitation.close();
    }
}
