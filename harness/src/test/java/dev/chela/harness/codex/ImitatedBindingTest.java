package dev.chela.harness.codex;

import dev.chela.harness.kit.ImitatedStage;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.scripted.ScriptedMind;
import java.io.IOException;
import java.nio.file.Path;

/** Threads and bindings on the imitated app-server. */
final class ImitatedBindingTest extends BindingScenarios {

    @Override
    Stage build(Path directory, ScriptedMind mind) throws IOException {
        return new ImitatedStage(directory, mind);
    }
}
