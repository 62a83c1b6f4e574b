package dev.chela.harness.scenarios;

import dev.chela.harness.kit.ScriptedAppServer;
import dev.chela.harness.kit.SharedStage;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The scenarios on the imitated app-server in memory. */
final class ImitatedScenariosTest {

    @Nested
    final class Turns extends TurnScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return ScriptedAppServer.inMemory(directory);
        }
    }

    @Nested
    final class Tools extends ToolScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return ScriptedAppServer.inMemory(directory);
        }
    }

    @Nested
    final class Control extends ControlScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return ScriptedAppServer.inMemory(directory);
        }
    }

    @Nested
    final class Outcomes extends OutcomeScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return ScriptedAppServer.inMemory(directory);
        }
    }

    @Nested
    final class Restarts extends RestartScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return ScriptedAppServer.inMemory(directory);
        }
    }

    @Nested
    final class Unasked extends UnaskedScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return ScriptedAppServer.inMemory(directory);
        }
    }

    @Nested
    final class Absence extends AbsenceScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return new SharedStage(directory);
        }
    }
}
