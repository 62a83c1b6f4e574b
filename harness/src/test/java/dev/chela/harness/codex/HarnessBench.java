package dev.chela.harness.codex;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.AgentTool;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SystemTimers;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerHealth;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.tools.ToolLimits;
import dev.chela.harness.tools.ToolRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A whole turn runner on a stage, with a database of its own. */
final class HarnessBench implements AutoCloseable, ApprovalDesk {

    final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    final SystemTimers timers = new SystemTimers();
    final Bindings bindings = new Bindings(database);
    final Approvals approvals = new Approvals(database, timers, new Random(1), this);
    final SentMessages message = new SentMessages();
    private final BlockingQueue<Approval> shown = new LinkedBlockingQueue<>();
    private final Stage stage;
    private CodexSettings settings;

    HarnessBench(Stage stage) {
        this.stage = stage;
        this.settings = CodexSettings.of(stage.workspace());
    }

    HarnessBench with(Policy policy) {
        settings = settings.withPolicy(policy);
        return this;
    }

    HarnessBench with(Watches watches) {
        settings = settings.withWatches(watches);
        return this;
    }

    /** A process of the bot: what it keeps in memory is its own. */
    Process process(AgentTool... more) {
        List<AgentTool> tools = new ArrayList<>(List.of(more));
        tools.add(message);
        return new Process(new ToolRegistry(tools));
    }

    Approval nextShown() throws InterruptedException {
        Approval approval = shown.poll(20, TimeUnit.SECONDS);
        if (approval == null) {
            throw new AssertionError("nobody was asked anything for 20 s");
        }
        return approval;
    }

    @Override
    public boolean shown(Approval approval) {
        shown.add(approval);
        return true;
    }

    @Override
    public void settled(Approval approval) {}

    @Override
    public void close() {
        timers.close();
        database.close();
    }

    /** One bot process. */
    final class Process {

        final Codex codex;
        final CodexHarness harness;

        private Process(ToolRegistry tools) {
            codex =
                    new Codex(
                            servers(),
                            agent -> settings,
                            bindings,
                            tools,
                            SignIn.withoutKeys(),
                            timers);
            harness =
                    new CodexHarness(
                            codex,
                            new ToolCalls(
                                    tools,
                                    database,
                                    timers,
                                    Checkpoints.none(),
                                    ToolLimits.defaults()),
                            approvals,
                            timers,
                            Checkpoints.none());
        }
    }

    private AppServers servers() {
        return new AppServers() {
            @Override
            public AppServer attach(String agentId) {
                return stage.server();
            }

            @Override
            public List<AppServerHealth> health() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}
