package dev.chela.harness.codex;

import dev.chela.harness.kit.ImitatedStage;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;

/** Rules for Codex's own tools on the imitated app-server. */
final class ImitatedHooksTest extends HookScenarios {

    @Override
    Stage build(Path directory) throws IOException {
        return new ImitatedStage(directory);
    }
}
