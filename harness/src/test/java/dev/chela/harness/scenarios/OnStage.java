package dev.chela.harness.scenarios;

import dev.chela.harness.kit.ServerTraits;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** One app-server for all the scenarios of a class; each scenario has threads of its own. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class OnStage {

    private Stage stage;

    /** The app-server to play on. */
    abstract Stage build(Path directory) throws IOException;

    @BeforeAll
    void raise(@TempDir Path directory) throws IOException {
        stage = build(directory);
    }

    @AfterAll
    void strike() {
        stage.close();
    }

    final Stage stage() {
        return stage;
    }

    final ServerTraits traits() {
        return ServerTraits.of(stage.server());
    }
}
