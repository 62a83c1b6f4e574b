package dev.chela.harness.codex;

import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.scripted.ScriptedMind;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;

/** Side questions on the real app-server with a scripted model. */
final class RealSideIT extends SideScenarios {

    @Override
    Stage build(Path directory, ScriptedMind mind) throws IOException {
        return RealCodex.stage(directory, ScriptedModel.builder().otherwise(mind).start());
    }
}
