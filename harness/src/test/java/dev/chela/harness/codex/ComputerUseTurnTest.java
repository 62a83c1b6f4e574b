package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerHealth;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.protocol.ConfigRead;
import dev.chela.harness.appserver.protocol.McpServerStatusList;
import dev.chela.harness.appserver.protocol.PluginInstall;
import dev.chela.harness.appserver.protocol.PluginList;
import dev.chela.harness.appserver.protocol.PluginSummary;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.computeruse.Wish;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.Json;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.ManualTimers;
import dev.chela.harness.testing.SampleTurns;
import dev.chela.harness.testing.Wire;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.tools.ToolLimits;
import dev.chela.harness.tools.ToolRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A turn that asks for Computer Use begins only with it. */
class ComputerUseTurnTest {

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final ManualTimers timers = new ManualTimers();
    private final FakeAppServer server = new FakeAppServer();
    private Wish wish = wish(false);
    private List<PluginList.Marketplace> marketplaces = List.of();
    private final CodexHarness harness = harness();

    @BeforeEach
    void plugins() {
        server.on(PluginList.class, list -> new PluginList.Result(marketplaces, List.of()));
        server.on(ConfigRead.class, read -> new ConfigRead.Result(Json.object()));
        server.on(
                McpServerStatusList.class,
                list ->
                        new McpServerStatusList.Result(
                                marketplaces.isEmpty()
                                        ? List.of()
                                        : List.of(
                                                new McpServerStatusList.Status(
                                                        "computer-use",
                                                        null,
                                                        null,
                                                        null,
                                                        null,
                                                        Map.of("look", Json.object()))),
                                null));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aTurnThatDoesNotAskForItAsksCodexNothingAboutIt() throws Exception {
        wish = Wish.none();
        RunningTurn turn = start();
        finish(turn);

        assertThat(server.all(PluginList.class)).isEmpty();
        assertThat(server.all(McpServerStatusList.class)).isEmpty();
        assertThat(server.all(ConfigRead.class)).isEmpty();
    }

    @Test
    void withoutItTheTurnFailsBeforeItsThreadIsBegun() throws Exception {
        assertThat(start().outcome())
                .isInstanceOfSatisfying(
                        TurnOutcome.Failed.class,
                        failed -> {
                            assertThat(failed.kind()).isEqualTo(TurnOutcome.Failure.COMPUTER_USE);
                            assertThat(failed.notice())
                                    .startsWith("Nothing was sent to Codex: Computer Use")
                                    .contains("`marketplace_missing`", "/codex computer-use");
                        });
        assertThat(server.all(ThreadStart.class)).isEmpty();
    }

    @Test
    void withItTheTurnBeginsAndEachTurnLooksAgain() throws Exception {
        marketplaces = List.of(marketplace());
        finish(start());
        assertThat(server.all(TurnStart.class)).hasSize(1);

        marketplaces = List.of();
        assertThat(start().outcome()).isInstanceOf(TurnOutcome.Failed.class);
        assertThat(server.all(TurnStart.class)).hasSize(1);
    }

    @Test
    void aStopEndsTheWaitForAMarketplace() throws Exception {
        wish = wish(true);
        RunningTurn turn = start();
        timers.awaitArmed(1);
        harness.interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);

        assertThat(turn.outcome())
                .isEqualTo(
                        new TurnOutcome.Interrupted(TurnOutcome.Cause.USER_STOP, Optional.empty()));
        assertThat(server.all(ThreadStart.class)).isEmpty();
        assertThat(server.all(PluginInstall.class)).isEmpty();
    }

    private void finish(RunningTurn turn) throws Exception {
        turn.await(TurnEvent.Started.class);
        server.tell(Wire.completed(Wire.TURN, TurnStatus.COMPLETED));
        assertThat(turn.outcome()).isInstanceOf(TurnOutcome.Completed.class);
    }

    private static PluginList.Marketplace marketplace() {
        PluginSummary plugin =
                new PluginSummary(
                        "computer-use@m", "computer-use", true, true, "AVAILABLE", "AVAILABLE");
        return new PluginList.Marketplace("m", "/m/marketplace.json", List.of(plugin));
    }

    private static Wish wish(boolean auto) {
        return new Wish(
                true,
                auto,
                Duration.ofMinutes(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "computer-use",
                "computer-use");
    }

    private RunningTurn start() {
        return RunningTurn.start(
                harness, HarnessStage.request(SampleTurns.SESSION, "hello", ReplyMode.AUTOMATIC));
    }

    private CodexHarness harness() {
        ToolRegistry tools = new ToolRegistry(List.of());
        Codex codex =
                new Codex(
                        new OneServer(server),
                        agent -> CodexSettings.of(Path.of("/w")).withComputerUse(wish),
                        new Bindings(database),
                        new Transcripts(database, timers),
                        tools,
                        SignIn.withoutKeys(),
                        timers);
        return new CodexHarness(
                codex,
                new ToolCalls(tools, database, timers, Checkpoints.none(), ToolLimits.defaults()),
                new Approvals(database, timers, new Random(1), ApprovalDesk.none()),
                timers,
                Checkpoints.none());
    }

    private record OneServer(AppServer server) implements AppServers {
        @Override
        public AppServer attach(String agentId) {
            return server;
        }

        @Override
        public List<AppServerHealth> health() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
