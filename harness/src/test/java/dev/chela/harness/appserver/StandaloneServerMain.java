package dev.chela.harness.appserver;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.SqliteDatabase;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.UserInput;
import dev.chela.harness.scripted.CodexHome;
import dev.chela.harness.scripted.ScriptedModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A Chela of its own that runs one command in a turn and then waits to be killed. */
final class StandaloneServerMain {

    private StandaloneServerMain() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        String command = arguments[1];
        StateDirectory state = StateDirectory.open(root);
        ScriptedModel model = ScriptedModel.start();
        CodexHome.forScriptedModel(state.codexHome("main"), model.baseUrl());
        var database =
                SqliteDatabase.open(
                        state.database(), List.of(HarnessSchema.part()), Checkpoints.none());
        var servers =
                SupervisedAppServers.open(
                        AppServerSettings::managed,
                        database,
                        Checkpoints.none(),
                        state,
                        RealServers::codex,
                        RealServers.environment(state.workspace()),
                        InstantSource.system());
        AppServer server = servers.attach("main");
        var options =
                ThreadOptions.builder()
                        .cwd(state.workspace().toString())
                        .approvalPolicy(ApprovalPolicy.NEVER)
                        .sandbox(SandboxMode.DANGER_FULL_ACCESS)
                        .build();
        ThreadId thread = server.request(ThreadStart.with(options)).thread().id();
        server.request(
                new TurnStart(
                        thread,
                        List.of(UserInput.text("run " + command)),
                        null,
                        TurnOptions.none()));
        System.out.println("pid=" + server.pid().orElseThrow());
        new CountDownLatch(1).await();
    }
}
