package dev.chela.harness.codex;

import dev.chela.harness.kit.ImitatedStage;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;

/** Bound conversations on the imitated app-server. */
final class ImitatedBoundTest extends BoundScenarios {

    @Override
    Stage build(Path directory) throws IOException {
        return new ImitatedStage(directory);
    }
}
