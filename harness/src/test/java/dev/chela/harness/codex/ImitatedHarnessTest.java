package dev.chela.harness.codex;

import dev.chela.harness.kit.ImitatedStage;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;

/** The turn runner on the imitated app-server. */
final class ImitatedHarnessTest extends HarnessScenarios {

    @Override
    Stage build(Path directory) throws IOException {
        return new ImitatedStage(directory);
    }
}
