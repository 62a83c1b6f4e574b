package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.scripted.ModelRequest;
import dev.chela.harness.scripted.ScriptedMind;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads and bindings on the real app-server, and what only that one does. */
final class RealBindingIT extends BindingScenarios {

    @TempDir private Path elsewhere;
    private Path home;

    @Override
    Stage build(Path directory, ScriptedMind mind) throws IOException {
        home = directory;
        return RealCodex.stage(directory, ScriptedModel.builder().otherwise(mind).start());
    }

    /** Codex forgets a config patch with its process: it goes out with each resume. */
    @Test
    void theConfigPatchIsSentAgainToANewProcess() throws Exception {
        bench.with(
                new ThreadSetup(
                        Map.of("web_search", "disabled"),
                        Map.of(Facts.RUNTIME, ThreadSetup.LOCAL, Facts.WEB_SEARCH, "sha256:off"),
                        false,
                        0));
        start("before").outcome();
        assertThat(searches(thoughts.getLast())).isFalse();
        ThreadId thread = binding().thread();
        stage.kill();
        bot = bench.process();

        start("after").outcome();

        assertThat(binding().thread()).isEqualTo(thread);
        assertThat(searches(thoughts.getLast())).isFalse();
        stage.kill();
        bench.with(ThreadSetup.none());
        bot = bench.process();
        bot.codex.resume(session, thread);
        start("without it").outcome();
        assertThat(searches(thoughts.getLast())).isTrue();
    }

    @Test
    void aThreadThatAnotherProcessHasOpenIsKeptAndSaidSo() throws Exception {
        start("hello").outcome();
        ThreadId thread = binding().thread();
        try (Stage other = RealCodex.beside(home, elsewhere);
                BindingBench second = new BindingBench(other)) {
            second.bindings.save(binding());
            var intruder = second.process();

            TurnOutcome.Failed failed =
                    (TurnOutcome.Failed)
                            RunningTurn.start(
                                            intruder.harness,
                                            HarnessStage.request(session, "me too"))
                                    .outcome();

            assertThat(failed.kind()).isEqualTo(TurnOutcome.Failure.THREAD_BUSY);
            assertThat(failed.notice())
                    .contains("Another Codex process")
                    .contains("desktop app")
                    .contains("`/new`");
            assertThat(second.bindings.load(session).orElseThrow().thread()).isEqualTo(thread);
            stage.kill();
            assertThat(
                            RunningTurn.start(
                                            intruder.harness,
                                            HarnessStage.request(session, "me now"))
                                    .answer())
                    .isEqualTo("Echo: me now");
            assertThat(second.bindings.load(session).orElseThrow().thread()).isEqualTo(thread);
        }
    }

    private static boolean searches(ModelRequest request) {
        return request.body().path("tools").toString().contains("\"type\":\"web_search\"");
    }
}
