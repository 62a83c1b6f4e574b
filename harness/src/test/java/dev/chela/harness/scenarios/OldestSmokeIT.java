package dev.chela.harness.scenarios;

import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Three scenarios at the oldest Codex; {@link OldestScenariosIT} has them all. */
@TestInstance(Lifecycle.PER_CLASS)
final class OldestSmokeIT {

    private final OutcomeScenarios outcomes =
            new OutcomeScenarios() {
                @Override
                Stage build(Path directory) throws IOException {
                    return RealCodex.oldest(directory);
                }
            };

    @BeforeAll
    void raise(@TempDir Path directory) throws IOException {
        outcomes.raise(directory);
    }

    @BeforeEach
    void begin() {
        outcomes.begin();
    }

    @AfterAll
    void strike() throws Exception {
        outcomes.strike();
    }

    @Test
    void aTurnIsAnsweredAndTheNextOneKeepsItsThread() {
        outcomes.aTurnIsAnsweredAndTheNextOneKeepsItsThread();
    }

    @Test
    void aDirectToolRunsOnceAndTheModelGetsItsText() {
        outcomes.aDirectToolRunsOnceAndTheModelGetsItsText();
    }

    @Test
    void aSteerIsTakenInTheSameTurn() {
        outcomes.aSteerIsTakenInTheSameTurn();
    }
}
