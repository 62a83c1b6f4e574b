package dev.chela.harness.codex;

import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** One app-server for all scenarios of a class; each has threads of its own. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class OnOneServer {

    Stage stage;

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
}
