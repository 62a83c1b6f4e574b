package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.config.Secret;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.StateDirectory;
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
    private AppServers servers;
    private Codex codex;
    private CodexHarness harness;

    @BeforeEach
    void listen() throws IOException {
        Path home = Files.createDirectories(directory.resolve("there"));
        peer = new ImitatedCodex(home, new CutOnceMind());
        listening = new ListeningPeer(peer);
    }

    @AfterEach
    void close() throws Exception {
        servers.close();
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

    private List<Boolean> deferredAfterATurn() throws Exception {
        assertThat(RunningTurn.start(harness, HarnessStage.request(SESSION, "hi")).outcome())
                .isInstanceOf(TurnOutcome.Completed.class);
        JsonNode start =
                peer.heard().stream()
                        .filter(said -> said.path("method").asText().equals("thread/start"))
                        .findFirst()
                        .orElseThrow();
        return start.at("/params/dynamicTools")
                .valueStream()
                .map(tool -> tool.path("deferLoading").asBoolean())
                .toList();
    }

    private List<String> methods() {
        return peer.heard().stream().map(said -> said.path("method").asText()).toList();
    }

    private void reach(String host) {
        var settings =
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
                        () -> settings,
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
                        agent -> CodexSettings.of(directory).withModel("gpt-5.5"),
                        new Bindings(database),
                        new Transcripts(database, timers),
                        tools,
                        new SignIn(name -> Optional.of(Secret.of(KEY))),
                        timers);
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
