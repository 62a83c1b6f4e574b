package dev.chela.harness.scenarios;

import dev.chela.harness.kit.ListeningStage;
import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The scenarios on the oldest app-server that Chela talks to. */
@Tag("soak")
final class OldestScenariosIT {

    @Nested
    final class Turns extends TurnScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.oldest(directory);
        }
    }

    @Nested
    final class Tools extends ToolScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.oldest(directory);
        }
    }

    @Nested
    final class Control extends ControlScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.oldest(directory);
        }
    }

    @Nested
    final class Outcomes extends OutcomeScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.oldest(directory);
        }
    }

    @Nested
    final class Restarts extends RestartScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.oldest(directory);
        }
    }

    @Nested
    final class Unasked extends UnaskedScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return RealCodex.oldest(directory);
        }
    }

    @Nested
    final class Absence extends AbsenceScenarios {
        @Override
        Stage build(Path directory) throws IOException {
            return ListeningStage.oldest(directory);
        }
    }
}
