package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.Live;
import dev.chela.config.ToolNames;
import dev.chela.config.state.Checkpoints;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.ThreadFork;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.hooks.DeniedTools;
import dev.chela.harness.hooks.HookKind;
import dev.chela.harness.hooks.NativeEvent;
import dev.chela.harness.hooks.NativeHook;
import dev.chela.harness.hooks.NativeHooks;
import dev.chela.harness.hooks.NativeVerdict;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.McpKitServer;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.session.Binding;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules for Codex's own tools are like, whatever app-server keeps to them. */
abstract class HookScenarios extends OnOneServer {

    private static final String FORBIDDEN = "the operator's tools.deny forbids this tool";

    BindingBench bench;
    BindingBench.Process bot;
    SessionKey session;
    Path state;
    private final List<NativeEvent> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void begin(@TempDir Path files) {
        state = files;
        bench = new BindingBench(stage).withModel("gpt-5.5");
        session = new SessionKey("agent:main:web:direct:" + UUID.randomUUID());
        seen.clear();
    }

    @AfterEach
    void end() {
        bot.relay.close();
        bench.close();
    }

    void denying(String... tools) {
        start(List.of(new DeniedTools(agent -> new ToolNames(List.of(tools)))));
    }

    /** A process of the bot; the one before is gone. */
    void start(List<NativeHook> hooks) {
        if (bot != null) {
            bot.relay.close();
        }
        bench.with(() -> relay(hooks));
        bot = bench.process();
        bot.relay.open(List.of("main"));
    }

    private NativeHooks relay(List<NativeHook> hooks) {
        return new NativeHooks(
                hooks,
                Live.of(Optional.empty()),
                state.resolve("relay"),
                "/bin",
                bench.timers,
                () -> bench.bindings.remembered(Facts.HOOK_GENERATION));
    }

    NativeHook hook(HookKind kind, Function<NativeEvent, NativeVerdict> says) {
        return new NativeHook() {
            @Override
            public Set<HookKind> wants(String agentId) {
                return Set.of(kind);
            }

            @Override
            public boolean enforces() {
                return false;
            }

            @Override
            public NativeVerdict on(String agentId, NativeEvent event) {
                seen.add(event);
                return says.apply(event);
            }
        };
    }

    RunningTurn say(String text) {
        return RunningTurn.start(bot.harness, HarnessStage.request(session, text));
    }

    String touch(String name) {
        return "run touch '%s'".formatted(state.resolve(name));
    }

    boolean isTouched(String name) {
        return Files.exists(state.resolve(name));
    }

    Binding binding() {
        return bench.bindings.load(session).orElseThrow();
    }

    @Test
    void aDeniedCommandIsNotRunAndTheModelIsToldWhy() throws Exception {
        denying("Exec");

        assertThat(say(touch("denied")).answer()).contains(FORBIDDEN);
        assertThat(isTouched("denied")).isFalse();
        assertThat(say("write allowed.txt: hello").answer()).isEqualTo("Wrote allowed.txt.");
    }

    @Test
    void aDeniedPatchIsNotAppliedAndCommandsRun() throws Exception {
        denying("apply-patch");
        String name = UUID.randomUUID() + ".txt";

        assertThat(say("write %s: hello".formatted(name)).answer()).contains(FORBIDDEN);
        assertThat(stage.workspace().resolve(name)).doesNotExist();
        say(touch("allowed")).outcome();
        assertThat(isTouched("allowed")).isTrue();
    }

    @Test
    void nobodyIsAskedForWhatIsDenied() throws Exception {
        bench.with(Policy.ASKING);
        denying("exec");

        assertThat(say(touch("denied")).answer()).contains(FORBIDDEN);
        assertThat(bench.approvals.pending()).isEmpty();
        assertThat(isTouched("denied")).isFalse();
    }

    @Test
    void aToolOfOursIsNeitherAskedAboutNorDeniedTwice() throws Exception {
        denying("exec");

        say("tell me hello").outcome();

        assertThat(bench.message.texts()).hasSize(1);
    }

    @Test
    void withoutARuleNothingIsSentOrStored() throws Exception {
        start(List.of());

        say(touch("free")).outcome();

        assertThat(isTouched("free")).isTrue();
        assertThat(bench.asked(ThreadStart.class).getLast().options().config().has("hooks"))
                .isFalse();
        assertThat(binding().facts()).doesNotContainKeys(Facts.HOOKS, Facts.HOOK_GENERATION);
        assertThat(state.resolve("relay")).doesNotExist();
    }

    /** The server lives on, with the hooks that it was given by the bot before. */
    @Test
    void aThreadThatStayedLoadedGoesOnBeingGuardedAfterARestart() throws Exception {
        denying("exec");
        assertThat(say(touch("first")).answer()).contains(FORBIDDEN);
        ThreadId thread = binding().thread();
        String generation = binding().facts().get(Facts.HOOK_GENERATION);

        denying("exec");

        assertThat(say(touch("second")).answer()).contains(FORBIDDEN);
        assertThat(isTouched("second")).isFalse();
        assertThat(binding().thread()).isEqualTo(thread);
        assertThat(binding().facts()).containsEntry(Facts.HOOK_GENERATION, generation);
        start(List.of());
        say(touch("third")).outcome();
        assertThat(isTouched("third")).as("no rule any more").isTrue();
    }

    /** The server forgets hooks with its process. */
    @Test
    void aThreadThatIsResumedInANewServerIsGuardedAgain() throws Exception {
        denying("exec");
        assertThat(say(touch("first")).answer()).contains(FORBIDDEN);
        ThreadId thread = binding().thread();
        stage.kill();
        denying("exec");

        assertThat(say(touch("second")).answer()).contains(FORBIDDEN);
        assertThat(isTouched("second")).isFalse();
        assertThat(binding().thread()).isEqualTo(thread);
        assertThat(bench.asked(ThreadResume.class).getLast().options().config().has("hooks"))
                .isTrue();
    }

    @Test
    void aRuleThatComesLaterHoldsInAThreadOfANewServer() throws Exception {
        start(List.of());
        say(touch("free")).outcome();
        ThreadId thread = binding().thread();
        stage.kill();
        denying("exec");

        assertThat(say(touch("denied")).answer()).contains(FORBIDDEN);
        assertThat(isTouched("denied")).isFalse();
        assertThat(binding().thread()).isEqualTo(thread);
    }

    /** A loaded thread cannot be given hooks: a copy of it goes on. */
    @Test
    void aRuleThatComesLaterHoldsInAThreadThatStayedLoaded() throws Exception {
        start(List.of());
        say("hello").outcome();
        ThreadId thread = binding().thread();
        denying("exec");

        TurnOutcome.Completed done = (TurnOutcome.Completed) say(touch("denied")).outcome();

        assertThat(done.text().orElse("")).contains(FORBIDDEN);
        assertThat(done.notice().orElse("")).contains("rules for Codex's tools");
        assertThat(isTouched("denied")).isFalse();
        assertThat(binding().thread()).isNotEqualTo(thread);
        assertThat(bench.asked(ThreadFork.class)).hasSize(1);
        ThreadId copy = binding().thread();
        assertThat(say(touch("again")).answer()).contains(FORBIDDEN);
        assertThat(binding().thread()).isEqualTo(copy);
    }

    @Test
    void aThreadThatAPersonTakesUpIsGuarded() throws Exception {
        start(List.of());
        say("hello").outcome();
        ThreadId chosen = binding().thread();
        session = HarnessStage.freshSession();
        denying("exec");
        bot.codex.resume(session, chosen);
        assertThat(say(touch("copied")).answer()).contains(FORBIDDEN);
        assertThat(binding().thread()).as("it was loaded without").isNotEqualTo(chosen);

        stage.kill();
        session = HarnessStage.freshSession();
        bot.codex.resume(session, chosen);
        assertThat(say(touch("chosen")).answer()).contains(FORBIDDEN);
        assertThat(binding().thread()).isEqualTo(chosen);
        assertThat(isTouched("copied") || isTouched("chosen")).isFalse();
    }

    /** A copy has no hooks but those that it is given. */
    @Test
    void aSideQuestionIsGuardedToo() throws Exception {
        denying("exec");
        say("hello").outcome();
        SideQuestions sides = new SideQuestions(bot.codex, bench.timers, Checkpoints.none());

        TurnOutcome asked = sides.ask(session, touch("aside"), Optional.empty());

        assertThat(((TurnOutcome.Completed) asked).text().orElse("")).contains(FORBIDDEN);
        assertThat(isTouched("aside")).isFalse();
    }

    @Test
    void aDeniedToolOfAnMcpServerIsNotCalled() throws Exception {
        Path wiped = state.resolve("wiped");
        bench.with(withMcpServer(wiped));
        denying("mcp__kit__W*");

        String answer = say("call %s.wipe {\"what\":\"x\"}".formatted(mcpNamespace())).answer();

        assertThat(answer).contains(FORBIDDEN);
        assertThat(wiped).doesNotExist();
    }

    /** How the model calls tools of the MCP server {@code kit}. */
    String mcpNamespace() {
        return "mcp__kit";
    }

    private static ThreadSetup withMcpServer(Path log) {
        List<String> command = McpKitServer.command(log);
        Map<String, Object> server =
                Map.of(
                        "command", command.getFirst(),
                        "args", command.subList(1, command.size()),
                        "startup_timeout_sec", 60);
        return new ThreadSetup(
                Map.of("mcp_servers", Map.of("kit", server)),
                ThreadSetup.none().facts(),
                false,
                0,
                20_000,
                Optional.empty());
    }

    @Test
    void aBotThatIsGoneBlocks() throws Exception {
        denying("nothing-there-is");
        say(touch("first")).outcome();
        assertThat(isTouched("first")).isTrue();

        Files.writeString(state.resolve("relay").resolve("endpoint"), "1 nobody");

        assertThat(say(touch("second")).answer()).contains("Native hook relay unavailable", "/new");
        assertThat(isTouched("second")).isFalse();
    }

    /** Codex would run the tool after five seconds; the command is quicker to give up. */
    @Test
    void aBotThatHangsBlocks() throws Exception {
        denying("nothing-there-is");
        say("hello").outcome();
        Path endpoint = state.resolve("relay").resolve("endpoint");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Files.writeString(endpoint, silent.getLocalPort() + " token\n");

            assertThat(say(touch("hung")).answer())
                    .contains("Native hook relay unavailable: no whole answer");
        }
        assertThat(isTouched("hung")).isFalse();
    }

    @Test
    void anAnswerIsSentBackAndTheLastOneCounts() throws Exception {
        start(
                List.of(
                        hook(
                                HookKind.BEFORE_AGENT_FINALIZE,
                                event ->
                                        ((NativeEvent.BeforeAgentFinalize) event).again()
                                                ? NativeVerdict.none()
                                                : new NativeVerdict.Revise("shorter please"))));

        RunningTurn turn = say("hello");

        assertThat(turn.answer()).contains("Revised: shorter please");
        assertThat(seen).hasSize(2);
        assertThat(((NativeEvent.BeforeAgentFinalize) seen.getFirst()).answer())
                .isEqualTo("Echo: hello");
    }

    @Test
    void anAnswerIsNotSentBackForever() throws Exception {
        start(
                List.of(
                        hook(
                                HookKind.BEFORE_AGENT_FINALIZE,
                                event -> new NativeVerdict.Revise("again"))));

        assertThat(say("hello").answer()).contains("Revised: again");

        assertThat(seen).hasSize(4);
    }

    @Test
    void whatRanIsTold() throws Exception {
        start(List.of(hook(HookKind.POST_TOOL_USE, event -> NativeVerdict.none())));

        say(touch("ran")).outcome();

        assertThat(seen).hasSize(1);
        assertThat(((NativeEvent.PostToolUse) seen.getFirst()).tool()).isEqualTo("Bash");
        assertThat(seen.getFirst().where().session()).isEqualTo(session);
        assertThat(seen.getFirst().where().thread()).isEqualTo(binding().thread().value());
    }
}
