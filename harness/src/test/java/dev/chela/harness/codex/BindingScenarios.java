package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.AgentTool;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.appserver.protocol.ThreadInjectItems;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RecordingTool;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.scripted.ModelRequest;
import dev.chela.harness.scripted.PhraseMind;
import dev.chela.harness.scripted.ScriptedMind;
import dev.chela.harness.session.Binding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Which thread a session keeps, whatever app-server it talks to. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class BindingScenarios {

    private static final int TURNS = 30;
    private static final AgentTool WEATHER = new RecordingTool("weather", "Tells it.", false);

    /** What the model was asked, oldest first. */
    final List<ModelRequest> thoughts = new CopyOnWriteArrayList<>();

    Stage stage;
    BindingBench bench;
    BindingBench.Process bot;
    SessionKey session;

    /** The app-server to play on; {@code mind} is its model. */
    abstract Stage build(Path directory, ScriptedMind mind) throws IOException;

    @BeforeAll
    void raise(@TempDir Path directory) throws IOException {
        var mind = new PhraseMind();
        stage =
                build(
                        directory,
                        request -> {
                            thoughts.add(request);
                            return mind.answer(request);
                        });
    }

    @AfterAll
    void strike() {
        stage.close();
    }

    @BeforeEach
    void begin() {
        bench = new BindingBench(stage);
        bot = bench.process();
        session = new SessionKey("agent:main:web:direct:" + UUID.randomUUID());
    }

    @AfterEach
    void end() {
        bench.close();
    }

    /** Thirty turns over three channels, a beat and two restarts: one thread, started once. */
    @Test
    void nothingThatTurnsCarryRotatesAThread() throws Exception {
        Set<ThreadId> threads = new HashSet<>();
        List<String> channels = List.of("telegram", "discord", "web");
        for (int i = 0; i < TURNS; i++) {
            if (i == 10) {
                bot = bench.process();
            } else if (i == 20) {
                stage.kill();
                bot = bench.process();
                bench.withModel(i % 2 == 0 ? "gpt-5.5" : "gpt-5.4");
            }
            Source.Kind kind = i == 15 ? Source.Kind.INTERNAL : Source.Kind.DIRECT;
            ReplyMode mode = i % 5 == 4 ? ReplyMode.MESSAGE_TOOL : ReplyMode.AUTOMATIC;
            String text = mode == ReplyMode.MESSAGE_TOOL ? "tell me news " + i : "hello " + i;
            TurnOutcome end = turn(channels.get(i % 3), kind, mode, text).outcome();
            assertThat(end).isInstanceOf(TurnOutcome.Completed.class);
            assertThat(((TurnOutcome.Completed) end).notice()).isEmpty();
            threads.add(binding().thread());
        }
        assertThat(threads).hasSize(1);
        assertThat(bench.asked(ThreadStart.class)).hasSize(1);
        assertThat(binding().facts()).doesNotContainKeys(Facts.REPLACED, Facts.UNUSED);
    }

    /** Codex unloads it half an hour after its last listener left; it stays in its history. */
    @Test
    void aThreadThatIsLeftIsLetGoAndCanBeTakenUpLater() throws Exception {
        start("hello").outcome();
        ThreadId left = binding().thread();

        bot.harness.forget(session);

        bench.awaitLetGo(left);
        bot.codex.resume(session, left);
        assertThat(start("again").outcome()).isInstanceOf(TurnOutcome.Completed.class);
        assertThat(binding().thread()).isEqualTo(left);
    }

    @Test
    void aReplacedThreadIsLetGoAndItsSuccessorIsNot() throws Exception {
        start("hello").outcome();
        ThreadId old = binding().thread();
        bench.with(
                new ThreadSetup(
                        Map.of(),
                        Map.of(Facts.RUNTIME, ThreadSetup.LOCAL, Facts.WEB_SEARCH, "sha256:on"),
                        false,
                        0,
                        0,
                        Optional.empty()));

        start("again").outcome();

        assertThat(binding().thread()).isNotEqualTo(old);
        bench.awaitLetGo(old);
        assertThat(start("and again").outcome()).isInstanceOf(TurnOutcome.Completed.class);
        assertThat(bench.letGo()).containsExactly(old);
    }

    @Test
    void aThreadForOneTurnIsLetGoAfterIt() throws Exception {
        start("hello").outcome();
        ThreadId bound = binding().thread();
        bot = bench.toolless();

        start("without tools").outcome();

        ThreadId once = bench.asked(TurnStart.class).getLast().threadId();
        assertThat(once).isNotEqualTo(bound);
        bench.awaitLetGo(once);
        assertThat(bench.letGo()).containsExactly(once);
    }

    @Test
    void aReplacedThreadIsToldThePastAndThePersonIsToldOnce() throws Exception {
        start("hello").outcome();
        ThreadId first = binding().thread();
        bench.mirror(session, "user", "my cat is called Mim");
        bench.mirror(session, "assistant", "a fine name");
        bot = bench.process(WEATHER);

        TurnOutcome.Completed told = (TurnOutcome.Completed) start("and now?").outcome();

        assertThat(told.notice().orElseThrow())
                .contains("because the agent's tools changed")
                .contains("What was said before was handed over");
        assertThat(told.text()).contains("Echo: and now?");
        assertThat(((TurnOutcome.Completed) start("again").outcome()).notice()).isEmpty();
        assertThat(binding().thread()).isNotEqualTo(first);
        assertThat(binding().facts())
                .containsEntry(Facts.REPLACED, Facts.DEFERRED)
                .containsEntry(Facts.CONTEXT, "whole")
                .containsKey(Facts.REPLACED_AT);
        assertThat(bench.asked(ThreadInjectItems.class)).hasSize(1);
        assertThat(bench.asked(ThreadInjectItems.class).getFirst().items().toString())
                .contains("my cat is called Mim")
                .contains("a fine name");
    }

    /** A restart between the new thread and its first turn finds the past there. */
    @Test
    void whatANewThreadWasToldSurvivesADeathBeforeItsFirstTurn() throws Exception {
        start("hello").outcome();
        bench.mirror(session, "user", "my cat is called Mim");
        bot = bench.process(WEATHER);
        bot.codex
                .threadBook()
                .open(session, CodexSettings.of(stage.workspace()), Prompt.of("hello"));
        ThreadId told = binding().thread();
        stage.kill();
        bot = bench.process(WEATHER);

        TurnOutcome.Completed end = (TurnOutcome.Completed) start("who?").outcome();

        assertThat(binding().thread()).isEqualTo(told);
        assertThat(bench.asked(ThreadInjectItems.class)).hasSize(1);
        assertThat(end.notice()).isPresent();
    }

    @Test
    void aThreadThatNeverHadATurnIsBegunAgainWithoutANotice() throws Exception {
        bot.codex
                .threadBook()
                .open(session, CodexSettings.of(stage.workspace()), Prompt.of("hello"));
        ThreadId unused = binding().thread();
        stage.kill();
        bot = bench.process();

        TurnOutcome.Completed end = (TurnOutcome.Completed) start("hello").outcome();

        assertThat(end.notice()).isEmpty();
        assertThat(binding().thread()).isNotEqualTo(unused);
        assertThat(binding().facts()).doesNotContainKeys(Facts.REPLACED, Facts.UNUSED);
    }

    @Test
    void aTurnWithoutToolsRunsOnATemporaryThread() throws Exception {
        start("hello").outcome();
        Binding before = binding();
        bot = bench.toolless();

        assertThat(start("bare").answer()).isEqualTo("Echo: bare");

        assertThat(bench.asked(ThreadStart.class)).hasSize(2);
        assertThat(binding().thread()).isEqualTo(before.thread());
        assertThat(binding().facts()).doesNotContainKeys(Facts.TEMPORARY, Facts.REPLACED);
        bot = bench.process();
        assertThat(start("with tools").answer()).isEqualTo("Echo: with tools");
        assertThat(bench.asked(ThreadStart.class)).hasSize(2);
    }

    @Test
    void aTurnThatRanOnATemporaryThreadIsFoundThereAfterARestart() throws Exception {
        start("hello").outcome();
        ThreadId bound = binding().thread();
        bot = bench.toolless();
        RunningTurn bare = start("bare");
        assertThat(bare.answer()).isEqualTo("Echo: bare");
        ThreadId temporary = bench.asked(TurnStart.class).getLast().threadId();
        Map<String, String> facts = new HashMap<>(binding().facts());
        facts.put(Facts.TEMPORARY, temporary.value());
        Binding now = binding();
        bench.bindings.save(new Binding(session, bound, facts, now.createdAt(), now.updatedAt()));
        bot = bench.toolless();

        assertThat(RunningTurn.recover(bot.harness, bare.request()).answer())
                .isEqualTo("Echo: bare");

        assertThat(bench.asked(TurnStart.class)).hasSize(2);
        assertThat(binding().facts()).doesNotContainKey(Facts.TEMPORARY);
        assertThat(binding().thread()).isEqualTo(bound);
    }

    @Test
    void recoveryNeverReplacesAThread() throws Exception {
        RunningTurn first = start("hello");
        first.outcome();
        ThreadId thread = binding().thread();
        stage.kill();
        bot = bench.process(WEATHER);

        assertThat(RunningTurn.recover(bot.harness, first.request()).answer())
                .isEqualTo("Echo: hello");

        assertThat(binding().thread()).isEqualTo(thread);
        assertThat(bench.asked(ThreadStart.class)).hasSize(1);
    }

    RunningTurn start(String text) {
        return RunningTurn.start(bot.harness, HarnessStage.request(session, text));
    }

    Binding binding() {
        return bench.bindings.load(session).orElseThrow();
    }

    private RunningTurn turn(String channel, Source.Kind kind, ReplyMode mode, String text) {
        var source = new Source(channel + ":ada", kind, channel, "ada", "Ada", true);
        var key = new TurnKey(UUID.randomUUID().toString());
        var context = new TurnContext(key, session, source, mode, List.of(1L));
        var input = new InputKey(UUID.randomUUID().toString());
        return RunningTurn.start(
                bot.harness, new TurnRequest(context, input, Prompt.of(text), Optional.empty()));
    }
}
