package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.config.Secret;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.StateDirectory;
import dev.chela.config.testing.ManualClock;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.UserInput;
import dev.chela.harness.kit.CutOnceMind;
import dev.chela.harness.kit.ImitatedCodex;
import dev.chela.harness.kit.ListeningPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server is kept when the settings change or it does not answer, with an imitated one. */
class ServerInUseTest {

    private static final Duration SOON = Duration.ofMillis(100);
    private static final String UNTOLD = "server/diagnostics";

    @TempDir private Path directory;

    private final ManualClock clock = new ManualClock();
    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private ImitatedCodex peer;
    private ListeningPeer listening;
    private AgentServer agent;

    @BeforeEach
    void listen() throws IOException {
        Path home = Files.createDirectories(directory.resolve("there"));
        peer = new ImitatedCodex(home, new CutOnceMind());
        listening = new ListeningPeer(peer);
        var launcher =
                new ServerLauncher(
                        new ServerRows(database),
                        Checkpoints.none(),
                        StateDirectory.open(directory.resolve("state")),
                        () -> {
                            throw new AssertionError("nothing is started");
                        },
                        Map.of());
        agent = new AgentServer("main", launcher, clock, SOON);
    }

    @AfterEach
    void close() {
        agent.close(false);
        listening.close();
        peer.close();
        database.close();
    }

    @Test
    void aFreeOneOfOtherSettingsIsReplaced() {
        AppServer before = agent.attach(settings("one"));

        assertThat(agent.attach(settings("two"))).isNotSameAs(before);
        assertThat(before.isOpen()).isFalse();
    }

    @Test
    void oneThatWorksIsKept() throws Exception {
        AppServer before = agent.attach(settings("one"));
        peer.answers(
                UNTOLD,
                new ObjectMapper()
                        .readTree(
                                "{\"process\":{\"id\":1},\"gauges\":"
                                        + "[{\"name\":\"core.turns.active\",\"value\":1}]}"));

        assertThat(agent.attach(settings("two"))).isSameAs(before);
    }

    @Test
    void oneThatIsTooSlowToSayWhetherItWorksIsKept() {
        AppServer before = agent.attach(settings("one"));
        peer.ignores(UNTOLD);
        assertThat(agent.attach(settings("two"))).isSameAs(before);
        clock.advance(Silence.PATIENCE);
        assertThat(before.request(ModelList.visible()).data()).isNotEmpty();

        assertThat(agent.attach(settings("two"))).as("it answered others").isSameAs(before);
    }

    @Test
    void oneThatAnswersNothingForLongIsReplaced() {
        AppServer before = agent.attach(settings("one"));
        peer.hangs();
        assertThat(agent.attach(settings("two"))).isSameAs(before);
        clock.advance(Silence.PATIENCE.minusSeconds(1));
        assertThat(agent.attach(settings("two"))).isSameAs(before);
        clock.advance(Duration.ofSeconds(1));
        AppServer after = agent.attach(settings("two"));

        assertThat(after).isNotSameAs(before);
        assertThat(before.isOpen()).isFalse();
    }

    @Test
    void oneOfTheSameSettingsThatHangsIsReplacedInTheEnd() {
        AppServer before = agent.attach(settings("one"));
        peer.hangs();
        assertThat(agent.attach(settings("one"))).as("nobody knows yet").isSameAs(before);
        assertThatThrownBy(() -> before.request(ModelList.visible(), SOON))
                .isInstanceOf(RequestTimedOutException.class);
        assertThat(agent.attach(settings("one"))).isSameAs(before);
        clock.advance(Silence.PATIENCE);
        AppServer after = agent.attach(settings("one"));

        assertThat(after).isNotSameAs(before);
    }

    @Test
    void oneWithoutDiagnosticsIsKeptWhileATurnRunsThatNobodyFollowsYet() throws Exception {
        peer.doesNotKnow(UNTOLD);
        AppServer other = WireClient.open(listening.url("localhost"));
        ThreadId thread = working(other);
        AppServer before = agent.attach(settings("one"));

        assertThat(agent.attach(settings("two"))).isSameAs(before);

        peer.answers("thread/loaded/list", new ObjectMapper().readTree("{\"data\":[\"gone\"]}"));
        assertThat(thread.value()).isNotEqualTo("gone");
        assertThat(agent.attach(settings("two"))).isNotSameAs(before);
        other.close();
    }

    private ThreadId working(AppServer server) throws InterruptedException {
        var options = ThreadOptions.builder().cwd(directory.toString()).build();
        ThreadId thread = server.request(ThreadStart.with(options)).thread().id();
        var ear = new RecordingListener();
        server.subscribe(thread, ear);
        server.request(
                new TurnStart(
                        thread, List.of(UserInput.text("slow 60")), null, TurnOptions.none()));
        ear.await(ServerNotification.ItemStarted.class);
        return thread;
    }

    private AppServerSettings settings(String header) {
        return new AppServerSettings(
                Optional.empty(),
                AppServerSettings.STDIO_ARGS,
                Optional.of(
                        new AppServerSettings.Remote(
                                listening.url("localhost"),
                                Optional.empty(),
                                Map.of("X-Settings", Secret.of(header)))),
                Set.of(),
                Duration.ofSeconds(20),
                false);
    }
}
