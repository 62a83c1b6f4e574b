package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.scripted.ScriptedModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new binary brings new models: {@code models.json} is then its answer to {@code model/list}. */
final class BundledModelsIT {

    @Test
    void theyAreWhatThePinnedBinaryLists(@TempDir Path directory) throws Exception {
        try (Stage stage = RealCodex.stage(directory, ScriptedModel.start())) {
            AppServer server = stage.server();

            assertThat(BundledModels.areOf(server.version())).isTrue();
            assertThat(BundledModels.all())
                    .isEqualTo(server.request(new ModelList(true, null, 100)).data());
        }
    }
}
