package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.config.Secret;
import dev.chela.config.secret.Redaction;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.SystemTimers;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.ImitatedStage;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.trajectory.Trajectories;
import dev.chela.harness.trajectory.TrajectoryFiles;
import dev.chela.harness.trajectory.TrajectorySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads a turn's trajectory sees what went to Codex and what came of it. */
class RecordedTurnTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TrajectorySettings ON = new TrajectorySettings(true, Optional.empty());

    @TempDir private Path root;

    @Test
    void aTurnIsReadFromItsBeginningToItsEnd() throws Exception {
        List<JsonNode> lines = recorded("hello sesame-1 there");

        assertThat(lines)
                .extracting(RecordedTurnTest::name)
                .containsSubsequence(
                        "session.started",
                        "prompt.submitted",
                        "request thread/start",
                        "context.compiled",
                        "request turn/start",
                        "notification turn/started",
                        "notification item/completed",
                        "notification turn/completed",
                        "session.ended")
                .contains("model.completed", "notification item/agentMessage/delta")
                .noneMatch(name -> name.contains("account/"));
        assertThat(lines.getLast().path("data").path("outcome").asText()).isEqualTo("Completed");
        assertThat(lines.getLast().path("threadId").asText()).isNotEmpty();
        assertThat(lines.getLast().path("turnId").asText()).isNotEmpty();
        assertThat(lines.toString()).contains("hello *** there").doesNotContain("sesame-1");
        assertThat(lines)
                .extracting(line -> line.path("turn").asText())
                .doesNotContain("")
                .hasSizeGreaterThan(10);
    }

    @Test
    void whoeverAsksAboutATurnIsAnsweredByCodexAndTheTurnGoesOn() throws Exception {
        List<JsonNode> lines =
                recorded(
                        "slow 2 seconds",
                        (harness, turn) -> {
                            turn.await(TurnEvent.Started.class);
                            harness.ask(turn.key(), "session.stalled silent=600s");
                        });

        assertThat(lines)
                .extracting(RecordedTurnTest::name)
                .containsSubsequence(
                        "request turn/start",
                        "turn.asked",
                        "request thread/read",
                        "notification turn/completed",
                        "session.ended");
    }

    @Test
    void aDiskThatRefusesCostsNoTurn() throws Exception {
        Files.createDirectories(root.resolve("state/agents/main"));
        Files.writeString(root.resolve("state/agents/main/sessions"), "no folder");

        assertThat(recorded("hello")).isEmpty();
    }

    @FunctionalInterface
    private interface Meanwhile {
        void happens(CodexHarness harness, RunningTurn turn) throws Exception;
    }

    private List<JsonNode> recorded(String text) throws Exception {
        return recorded(text, (harness, turn) -> {});
    }

    private List<JsonNode> recorded(String text, Meanwhile meanwhile) throws Exception {
        StateDirectory state = StateDirectory.open(root.resolve("state"));
        TrajectoryFiles files = new TrajectoryFiles(state, ON);
        var redaction = Redaction.of(List.of(Secret.of("sesame-1")));
        try (var stage = new HarnessStage(new ImitatedStage(root.resolve("codex")));
                var timers = new SystemTimers();
                var trails = Trajectories.open(ON, files, redaction, timers)) {
            stage.record(trails);
            TurnRequest request = HarnessStage.request(HarnessStage.freshSession(), text);
            RunningTurn turn = stage.start(request);
            meanwhile.happens(stage.harness(), turn);
            assertThat(turn.outcome()).isInstanceOf(TurnOutcome.Completed.class);
        }
        List<JsonNode> lines = new ArrayList<>();
        for (TrajectoryFiles.Stored file : files.all()) {
            lines.addAll(read(file.path()));
        }
        return lines;
    }

    private static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static String name(JsonNode line) {
        return "%s %s".formatted(line.path("type").asText(), line.path("method").asText()).strip();
    }
}
