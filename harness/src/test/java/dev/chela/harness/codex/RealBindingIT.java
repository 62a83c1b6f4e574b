package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.ChelaConfig;
import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import dev.chela.config.testing.TestConfig;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.ThreadLoadedList;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.ThreadConfig;
import dev.chela.harness.binding.ThreadFit;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.binding.ThreadSetups;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.scripted.ModelRequest;
import dev.chela.harness.scripted.ScriptedMind;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads and bindings on the real app-server, and what only that one does. */
final class RealBindingIT extends BindingScenarios {

    private static final Duration UNLOADED_AFTER_MAX = Duration.ofMinutes(2);

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
                        0,
                        0,
                        Optional.empty()));
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

    /** A minute after its last listener left, the pinned version unloads a thread. */
    @Test
    @Tag("soak")
    void aThreadThatWasLetGoIsUnloadedAndCanBeTakenUpLater() throws Exception {
        start("hello").outcome();
        ThreadId left = binding().thread();
        SessionKey leaving = session;
        session = HarnessStage.freshSession();
        start("hello, too").outcome();
        ThreadId kept = binding().thread();

        bot.harness.forget(leaving);

        long end = System.nanoTime() + UNLOADED_AFTER_MAX.toNanos();
        while (loaded().contains(left)) {
            assertThat(System.nanoTime()).as("it stays loaded").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
        assertThat(loaded()).contains(kept);
        bot.codex.resume(leaving, left);
        session = leaving;
        assertThat(start("again").answer()).isEqualTo("Echo: again");
        assertThat(binding().thread()).isEqualTo(left);
    }

    private List<ThreadId> loaded() {
        return stage.server().request(new ThreadLoadedList()).data();
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

    @Test
    void aThreadBeyondTheSizeFuseIsReplacedBeforeItsNextTurn() throws Exception {
        start("hello").outcome();
        ThreadId large = binding().thread();
        bench.with(
                new ThreadSetup(
                        Map.of(),
                        Map.of(Facts.RUNTIME, ThreadSetup.LOCAL),
                        false,
                        1_000,
                        0,
                        Optional.empty()));

        start("again").outcome();

        assertThat(binding().thread()).isNotEqualTo(large);
        assertThat(binding().facts()).containsEntry(Facts.REPLACED, ThreadFit.TOO_LARGE);
    }

    /** A call of the scripted model fills 120 tokens; Codex keeps 5 % of the window to itself. */
    @Test
    void aThreadThatFillsTheWindowIsReplacedBeforeItsNextTurn() throws Exception {
        bench.with(
                new ThreadSetup(
                        Map.of("model_context_window", 200),
                        Map.of(Facts.RUNTIME, ThreadSetup.LOCAL),
                        false,
                        0,
                        100,
                        Optional.empty()));
        start("hello").outcome();
        ThreadId full = binding().thread();

        start("again").outcome();

        assertThat(binding().thread()).isNotEqualTo(full);
        assertThat(binding().facts()).containsEntry(Facts.REPLACED, ThreadFit.FULL);
    }

    /** The whole patch of a config with everything in it is one that Codex takes. */
    @Test
    void aNetworkProxyAndAnMcpServerOfTheConfigReachCodex() throws Exception {
        Path started = elsewhere.resolve("mcp-started");
        bench.with(setup(started));

        assertThat(start("hello").answer()).isEqualTo("Echo: hello");

        assertThat(started).exists();
        assertThat(bench.asked(ThreadStart.class).getLast().options().sandbox()).isNull();
        assertThat(bench.asked(TurnStart.class).getLast().options().sandboxPolicy()).isNull();
        assertThat(binding().facts())
                .containsEntry(Facts.SANDBOX, "workspaceWrite")
                .containsKeys(Facts.PROXY, Facts.PROXY_PROFILE, Facts.USER_MCP, Facts.WEB_SEARCH);
        assertThat(searches(thoughts.getLast())).isFalse();
        ThreadId thread = binding().thread();
        assertThat(start("again").answer()).isEqualTo("Echo: again");
        assertThat(binding().thread()).isEqualTo(thread);
    }

    private static ThreadSetup setup(Path started) {
        ChelaConfig config =
                TestConfig.of(
                        """
                        { plugins: { entries: { codex: { config: { appServer: {
                            networkProxy: { enabled: true, mode: "limited",
                                domains: { "example.org": "allow", "evil.org": "deny" },
                                unixSockets: { "/run/x.sock": "allow", "/run/y.sock": "none" },
                                enableSocks5: false, allowLocalBinding: false } } } } } },
                          tools: { web: { search: { enabled: false } } },
                          mcp: { servers: { demo: { command: "/bin/sh",
                            args: ["-c", "touch '%s'"], env: { A: "b" } } } } }
                        """
                                .formatted(started));
        ThreadConfig sections =
                new ThreadConfig(
                        config.agents(),
                        config.plugins().codex().appServer(),
                        config.mcp(),
                        config.tools());
        return new ThreadSetups(() -> sections, RealBindingIT::literal).of("main");
    }

    private static Optional<Secret> literal(SecretInput input) {
        return input instanceof SecretInput.Literal(Secret value)
                ? Optional.of(value)
                : Optional.empty();
    }

    private static boolean searches(ModelRequest request) {
        return request.body().path("tools").toString().contains("\"type\":\"web_search\"");
    }
}
