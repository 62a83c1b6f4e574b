package dev.chela.harness.codex;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.kit.ListeningStage;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;

/** Another client's turns on the real app-server, both over WebSocket. */
final class RealForeignTurnIT extends ForeignTurnScenarios {

    private ListeningStage server;

    @Override
    Stage build(Path directory) throws IOException {
        server = new ListeningStage(directory);
        return server;
    }

    @Override
    AppServer another() {
        return server.another();
    }
}
