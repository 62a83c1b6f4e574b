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
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.BackgroundTerminalsClean;
import dev.chela.harness.appserver.protocol.Empty;
import dev.chela.harness.appserver.protocol.TurnInterrupt;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.kit.HarnessStage;
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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who stops a turn is heeded, and learns it when its commands may still run. */
class StoppedTurnTest {

    private static final String TOLD = "Codex did not confirm that the commands of this turn";

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final ManualTimers timers = new ManualTimers();
    private final FakeAppServer server = new FakeAppServer();
    private final CodexHarness harness = harness();

    @BeforeEach
    void interruptsAreHeeded() {
        server.on(
                TurnInterrupt.class,
                interrupt -> {
                    server.tell(Wire.completed(Wire.TURN, TurnStatus.INTERRUPTED));
                    return new Empty();
                });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void nothingIsSaidWhenTheyWereEnded() throws Exception {
        assertThat(stopped())
                .isEqualTo(
                        new TurnOutcome.Interrupted(TurnOutcome.Cause.USER_STOP, Optional.empty()));
    }

    @Test
    void itIsSaidWhenEndingThemIsRefused() throws Exception {
        server.on(
                BackgroundTerminalsClean.class,
                clean -> {
                    throw new RpcFailedException(clean.method(), -32600, null, "no");
                });

        assertThat(((TurnOutcome.Interrupted) stopped()).notice())
                .hasValueSatisfying(line -> assertThat(line).startsWith(TOLD));
    }

    @Test
    void itIsSaidWhenEndingThemIsNotAnswered() throws Exception {
        server.silentOn(BackgroundTerminalsClean.class);

        assertThat(((TurnOutcome.Interrupted) stopped()).notice())
                .hasValueSatisfying(line -> assertThat(line).startsWith(TOLD));
    }

    @Test
    void itIsSaidHoweverTheTurnEnded() {
        List<TurnOutcome> ends =
                List.of(
                        new TurnOutcome.Completed(Optional.of("done"), false, List.of()),
                        new TurnOutcome.Failed(TurnOutcome.Failure.TIMEOUT, "Too late."),
                        new TurnOutcome.Uncertain(TurnOutcome.Cause.WATCHDOG, "Who knows."));

        assertThat(ends)
                .allSatisfy(
                        end ->
                                assertThat(Interrupts.withRunningCommands(end).toString())
                                        .contains(TOLD));
    }

    /** Observed on 0.169 for a moment after {@code turn/start} was answered. */
    @Test
    void aTurnThatCannotBeInterruptedYetIsInterruptedOnceItCan() throws Exception {
        AtomicBoolean runs = new AtomicBoolean();
        server.on(
                TurnInterrupt.class,
                interrupt -> {
                    if (!runs.getAndSet(true)) {
                        server.tell(Wire.opened(Wire.TURN, Wire.answer("m1", "")));
                        throw new RpcFailedException(
                                interrupt.method(), -32600, null, "no active turn to interrupt");
                    }
                    server.tell(Wire.completed(Wire.TURN, TurnStatus.INTERRUPTED));
                    return new Empty();
                });

        assertThat(stopped())
                .isEqualTo(
                        new TurnOutcome.Interrupted(TurnOutcome.Cause.USER_STOP, Optional.empty()));
    }

    private TurnOutcome stopped() throws Exception {
        RunningTurn turn =
                RunningTurn.start(
                        harness,
                        HarnessStage.request(SampleTurns.SESSION, "hello", ReplyMode.AUTOMATIC));
        turn.await(TurnEvent.Started.class);
        harness.interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);
        return turn.outcome();
    }

    private CodexHarness harness() {
        ToolRegistry tools = new ToolRegistry(List.of());
        Codex codex =
                new Codex(
                        new OneServer(server),
                        agent -> CodexSettings.of(Path.of("/w")),
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
