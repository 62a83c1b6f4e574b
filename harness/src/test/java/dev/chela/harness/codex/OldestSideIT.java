package dev.chela.harness.codex;

import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.scripted.ScriptedMind;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Side questions on the oldest app-server that Chela talks to. */
@Tag("soak")
final class OldestSideIT extends SideScenarios {

    @Override
    Stage build(Path directory, ScriptedMind mind) throws IOException {
        return RealCodex.oldest(directory, ScriptedModel.builder().otherwise(mind).start());
    }
}
