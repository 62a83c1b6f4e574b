package dev.chela.harness.scenarios;

import dev.chela.harness.kit.ListeningStage;
import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The scenarios on the real app-server with a scripted model. */
final class RealScenariosIT {

    @Nested
    final class Turns extends TurnScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.stage(directory);
        }
    }

    @Nested
    final class Tools extends ToolScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.stage(directory);
        }
    }

    @Nested
    final class Control extends ControlScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.stage(directory);
        }
    }

    @Nested
    final class Outcomes extends OutcomeScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.stage(directory);
        }
    }

    @Nested
    final class Restarts extends RestartScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.stage(directory);
        }
    }

    @Nested
    final class Unasked extends UnaskedScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.stage(directory);
        }
    }

    @Nested
    final class Absence extends AbsenceScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return new ListeningStage(directory);
        }
    }
}
