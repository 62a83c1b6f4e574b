package dev.chela.harness.codex;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.WireClient;
import dev.chela.harness.kit.ImitatedStage;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;

/** Another client's turns on the imitated app-server. */
final class ImitatedForeignTurnTest extends ForeignTurnScenarios {

    private ImitatedStage imitation;

    @Override
    Stage build(Path directory) throws IOException {
        imitation = new ImitatedStage(directory);
        return imitation;
    }

    @Override
    AppServer another() {
        return WireClient.open(imitation.codex().connect());
    }
}
