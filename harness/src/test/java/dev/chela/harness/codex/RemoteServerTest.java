package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.config.CodexPluginConfig.Discovery;
import dev.chela.config.Live;
import dev.chela.config.Secret;
import dev.chela.config.ToolNames;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.StateDirectory;
import dev.chela.config.testing.TestConfig;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SessionKey;
import dev.chela.harness.SystemTimers;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.appserver.AppServerSettings;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.SupervisedAppServers;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.auth.SignInException;
import dev.chela.harness.binding.Folders;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.hooks.DeniedTools;
import dev.chela.harness.hooks.NativeHooks;
import dev.chela.harness.kit.CutOnceMind;
import dev.chela.harness.kit.DecidingDesk;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.ImitatedCodex;
import dev.chela.harness.kit.ListeningPeer;
import dev.chela.harness.kit.RecordingTool;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.tools.ToolLimits;
import dev.chela.harness.tools.ToolRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that the bot did not start is told; the peer writes down all it hears. */
class RemoteServerTest {

    private static final SessionKey SESSION = HarnessStage.freshSession();
    private static final String KEY = "sk-a-key-of-this-machine";

    /** Reaches this machine, but is none of the names that say so. */
    private static final String NO_LOOPBACK_NAME = "0.0.0.0";

    @TempDir private Path directory;

    private final SystemTimers timers = new SystemTimers();
    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private ImitatedCodex peer;
    private ListeningPeer listening;
    private CodexSettings settings;
    private AppServers servers;
    private Codex codex;
    private CodexHarness harness;
    private NativeHooks hooks = NativeHooks.none();

    @BeforeEach
    void listen() throws IOException {
        Path home = Files.createDirectories(directory.resolve("there"));
        peer = new ImitatedCodex(home, new CutOnceMind());
        listening = new ListeningPeer(peer);
        settings = CodexSettings.of(directory).withModel("gpt-5.5").withPolicy(Policy.GUARDIAN);
    }

    @AfterEach
    void close() throws Exception {
        if (servers != null) {
            servers.close();
        }
        listening.close();
        peer.close();
        timers.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {NO_LOOPBACK_NAME, "127.0.0.1", "localhost"})
    void noKeyOfTheEnvironmentIsEverSentThere(String host) throws Exception {
        peer.answers(
                "account/read",
                new ObjectMapper().readTree("{\"account\":null,\"requiresOpenaiAuth\":true}"));
        reach(host);

        var failed =
                (TurnOutcome.Failed)
                        RunningTurn.start(harness, HarnessStage.request(SESSION, "hi")).outcome();

        assertThat(failed.kind()).isEqualTo(TurnOutcome.Failure.NOT_SIGNED_IN);
        assertThat(failed.notice())
                .contains("appServer.url is not signed in")
                .contains("run `codex login` on its machine")
                .doesNotContain("CODEX_API_KEY");
        assertThat(methods())
                .contains("account/read")
                .doesNotContain("account/login/start", "thread/start");
        assertThat(peer.heard().toString()).doesNotContain(KEY);
    }

    @Test
    void aKeyIsNotSentThereEvenWhereAPersonAsksForIt() {
        reach(NO_LOOPBACK_NAME);

        assertThatThrownBy(() -> codex.loginApiKey("main", Secret.of(KEY)))
                .isInstanceOf(SignInException.class)
                .hasMessageContaining("keys of this machine are not sent")
                .hasMessageContaining("--device-code");
        assertThat(peer.heard().toString()).doesNotContain(KEY);
    }

    @Test
    void toolsAreOfferedDirectOnAnotherMachine() throws Exception {
        reach(NO_LOOPBACK_NAME);

        assertThat(deferredAfterATurn()).containsExactly(false);
    }

    @Test
    void aServerReachedOnThisMachineMaySearchForTools() throws Exception {
        reach("127.0.0.1");

        assertThat(deferredAfterATurn()).containsExactly(true);
    }

    @Test
    void onlyTheNamesThatFoldersHaveThereAreSent() throws Exception {
        settings = settings.withSetup(rooted());
        reach(NO_LOOPBACK_NAME);

        assertThat(RunningTurn.start(harness, HarnessStage.request(SESSION, "hi")).outcome())
                .isInstanceOf(TurnOutcome.Completed.class);
        codex.status("main");

        assertThat(said("thread/start").at("/params/cwd").asText()).isEqualTo("/srv/agent");
        JsonNode turn = said("turn/start").path("params");
        assertThat(turn.path("cwd").asText()).isEqualTo("/srv/agent");
        assertThat(turn.at("/sandboxPolicy/writableRoots/0").asText()).isEqualTo("/srv/agent");
        assertThat(peer.heard().toString()).doesNotContain(directory.toString());
    }

    @Test
    void aFolderThatHasNoNameThereFailsTheTurnBeforeAnythingIsSent() throws Exception {
        settings = settings.withSetup(rooted()).in(directory.resolveSibling("elsewhere"));
        reach(NO_LOOPBACK_NAME);

        var failed =
                (TurnOutcome.Failed)
                        RunningTurn.start(harness, HarnessStage.request(SESSION, "hi")).outcome();

        assertThat(failed.notice()).contains("elsewhere is not in");
        assertThat(methods()).doesNotContain("thread/start");
    }

    /** Over there nobody could ask us. */
    @Test
    void rulesForWhatCodexRunsFailTheTurnBeforeAnythingIsSent() throws Exception {
        hooks =
                new NativeHooks(
                        List.of(new DeniedTools(agent -> new ToolNames(List.of("exec")))),
                        () -> Optional.empty(),
                        directory.resolve("relay"),
                        "/bin",
                        timers,
                        Map::of);
        reach(NO_LOOPBACK_NAME);

        var failed =
                (TurnOutcome.Failed)
                        RunningTurn.start(harness, HarnessStage.request(SESSION, "hi")).outcome();

        hooks.close();
        assertThat(failed.kind()).isEqualTo(TurnOutcome.Failure.UNGUARDED);
        assertThat(failed.notice()).contains("another machine");
        assertThat(methods()).doesNotContain("thread/start");
    }

    @Test
    void theConfigSaysWhatTheWorkspaceIsCalledThere() {
        var config =
                TestConfig.of(
                        """
                        { plugins: { entries: { codex: { config: { appServer: {
                            transport: "websocket", url: "ws://localhost:1",
                            remoteWorkspaceRoot: "/srv/agent" } } } } } }
                        """);

        var agents =
                new ConfiguredAgents(
                        Live.of(config.agents()), Live.of(config.plugins().codex()), directory);

        assertThat(agents.settings("main").folderThere()).isEqualTo("/srv/agent");
    }

    private ThreadSetup rooted() {
        return ThreadSetup.none().with(Optional.of(new Folders(directory, "/srv/agent/")));
    }

    private List<Boolean> deferredAfterATurn() throws Exception {
        assertThat(RunningTurn.start(harness, HarnessStage.request(SESSION, "hi")).outcome())
                .isInstanceOf(TurnOutcome.Completed.class);
        return said("thread/start")
                .at("/params/dynamicTools")
                .valueStream()
                .map(tool -> tool.path("deferLoading").asBoolean())
                .toList();
    }

    private JsonNode said(String method) {
        return peer.heard().stream()
                .filter(said -> said.path("method").asText().equals(method))
                .findFirst()
                .orElseThrow();
    }

    private List<String> methods() {
        return peer.heard().stream().map(said -> said.path("method").asText()).toList();
    }

    private void reach(String host) {
        var remote =
                new AppServerSettings(
                        Optional.empty(),
                        AppServerSettings.STDIO_ARGS,
                        Optional.of(
                                new AppServerSettings.Remote(
                                        listening.url(host),
                                        Optional.of(Secret.of("token-of-that-server")),
                                        Map.of())),
                        Set.of(),
                        Duration.ofSeconds(20),
                        false);
        servers =
                SupervisedAppServers.open(
                        () -> remote,
                        database,
                        Checkpoints.none(),
                        StateDirectory.open(directory.resolve("state")),
                        () -> {
                            throw new AssertionError("nothing is started");
                        },
                        Map.of(),
                        InstantSource.system());
        var tools = new ToolRegistry(List.of(new RecordingTool("weather", "tells it", false)));
        codex =
                new Codex(
                        servers,
                        agent -> settings,
                        new Bindings(database),
                        new Transcripts(database, timers),
                        tools,
                        new SignIn(name -> Optional.of(Secret.of(KEY))),
                        timers,
                        new Codex.Manners(() -> new Discovery(true, Duration.ofSeconds(2)), hooks));
        var desk = new DecidingDesk();
        var approvals = new Approvals(database, timers, new Random(), desk);
        desk.sitAt(approvals);
        harness =
                new CodexHarness(
                        codex,
                        new ToolCalls(
                                tools, database, timers, Checkpoints.none(), ToolLimits.defaults()),
                        approvals,
                        timers,
                        Checkpoints.none());
    }
}
