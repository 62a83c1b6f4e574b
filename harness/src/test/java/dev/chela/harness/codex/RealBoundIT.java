package dev.chela.harness.codex;

import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;

/** Bound conversations on the real app-server with a scripted model. */
final class RealBoundIT extends BoundScenarios {

    @Override
    Stage build(Path directory) throws IOException {
        return RealCodex.stage(directory);
    }
}
