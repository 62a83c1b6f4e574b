package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chela.harness.InputKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ClientRequest;
import dev.chela.harness.appserver.protocol.ConfigRead;
import dev.chela.harness.appserver.protocol.Empty;
import dev.chela.harness.appserver.protocol.McpServerStatusList;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.appserver.protocol.RateLimitsRead;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.appserver.protocol.SandboxPolicy;
import dev.chela.harness.appserver.protocol.ServerDiagnostics;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.SkillsList;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ThreadList;
import dev.chela.harness.appserver.protocol.ThreadLoadedList;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadSetName;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.appserver.protocol.UserInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against the pinned binary. */
class RealAppServerIT {

    @TempDir private static Path directory;
    private static RealServers real;

    @BeforeAll
    static void open() {
        real = new RealServers(directory);
    }

    @AfterAll
    static void close() {
        real.close();
    }

    @Test
    void theHandshakeTellsTheVersionOfTheBinary() {
        AppServer server = real.attach();

        assertThat(server.version()).hasToString(RealServers.codex().version());
        assertThat(real.attach()).isSameAs(server);
        assertThat(real.servers().health())
                .singleElement()
                .satisfies(
                        health -> {
                            assertThat(health.state()).isEqualTo(AppServerHealth.State.RUNNING);
                            assertThat(health.pid()).isEqualTo(server.pid());
                            assertThat(health.residentBytes().isPresent())
                                    .isEqualTo(server.version().isAtLeast("0.169.0"));
                        });
    }

    @Test
    void questionsWithoutAThreadAreAnsweredInTheirRecords() {
        AppServer server = real.attach();

        assertThat(server.request(ModelList.visible()).data())
                .anySatisfy(model -> assertThat(model.model()).isEqualTo("gpt-5.5"));
        assertThat(server.request(new AccountRead(false)).account()).isNull();
        if (server.version().isAtLeast("0.169.0")) {
            assertThat(server.request(new ServerDiagnostics()).gauge("core.turns.active"))
                    .isPresent();
        }
        assertThat(
                        server.request(new SkillsList(List.of(real.workspace().toString()), false))
                                .data())
                .hasSize(1);
        assertThat(server.request(new McpServerStatusList(null, null, null, null)).data())
                .isEmpty();
        assertThat(server.request(new ConfigRead(false, null)).config().path("model").asText())
                .isEqualTo("gpt-5.5");
        assertThat(server.request(new ThreadLoadedList()).data()).isNotNull();
        assertThatExceptionOfType(RpcFailedException.class)
                .isThrownBy(() -> server.request(new RateLimitsRead()))
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(RpcRefusal.SIGN_IN_REQUIRED));
    }

    @Test
    void aTurnRunsAndItsUserMessageProvesTheInput() throws Exception {
        AppServer server = real.attach();
        ThreadId thread = thread(server);
        var listener = new RecordingListener();
        try (Subscription subscription = server.subscribe(thread, listener)) {
            var started = server.request(turn(thread, "hello there", "in-1"));
            // 0.125 has no such ids.
            String key = server.version().isAtLeast("0.169.0") ? "in-1" : null;

            var ended = listener.await(ServerNotification.TurnCompleted.class);
            assertThat(ended.turnId()).isEqualTo(started.turn().id());
            assertThat(ended.turn().status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(items(listener))
                    .anySatisfy(
                            item ->
                                    assertThat(item)
                                            .isInstanceOfSatisfying(
                                                    ThreadItem.UserMessage.class,
                                                    message ->
                                                            assertThat(message.clientId())
                                                                    .isEqualTo(key)))
                    .anySatisfy(
                            item ->
                                    assertThat(item)
                                            .isInstanceOfSatisfying(
                                                    ThreadItem.AgentMessage.class,
                                                    message ->
                                                            assertThat(message.text())
                                                                    .isNotBlank()));
        }
        server.request(new ThreadSetName(thread, "a name"));
        assertThat(server.request(ThreadList.newest(5)).data())
                .anySatisfy(listed -> assertThat(listed.name()).isEqualTo("a name"));
        assertThat(server.request(new ThreadRead(thread, true)).thread().turns()).hasSize(1);
    }

    @Test
    void threeHundredRequestsAtOnceAreAllAnswered() throws Exception {
        AppServer server = real.attach();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<ModelList.Result>>();
            for (int i = 0; i < 300; i++) {
                answers.add(pool.submit(() -> server.request(ModelList.visible())));
            }
            for (var answer : answers) {
                assertThat(answer.get(90, TimeUnit.SECONDS).data()).isNotEmpty();
            }
        }
    }

    @Test
    void anUnknownMethodIsToldAsThat() {
        assertThatExceptionOfType(RpcFailedException.class)
                .isThrownBy(() -> real.attach().request(new Nonsense()))
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(RpcRefusal.UNKNOWN_METHOD));
    }

    @Test
    void aKilledServerIsReplacedAndItsThreadGoesOn() throws Exception {
        AppServer first = real.attach();
        ThreadId thread = thread(first);
        var before = new RecordingListener();
        first.subscribe(thread, before);
        first.request(turn(thread, "first", "in-2"));
        before.await(ServerNotification.TurnCompleted.class);

        ProcessHandle.of(first.pid().orElseThrow()).orElseThrow().destroyForcibly();

        assertThat(before.awaitClosed()).hasMessageContaining("exited with code 137");
        AppServer second = real.attach();
        assertThat(second.pid()).isNotEqualTo(first.pid());
        var after = new RecordingListener();
        second.subscribe(thread, after);
        var resumed = second.request(new ThreadResume(thread, ThreadOptions.none(), null, false));
        assertThat(resumed.thread().turns()).hasSize(1);
        second.request(turn(thread, "second", "in-3"));
        assertThat(after.await(ServerNotification.TurnCompleted.class).turn().status())
                .isEqualTo(TurnStatus.COMPLETED);
    }

    @Test
    void otherSettingsBringAnotherProcessAndNoRowIsLeft() {
        AppServer before = real.attach();
        AppServerSettings usual = AppServerSettings.managed();
        real.set(
                new AppServerSettings(
                        usual.command(),
                        usual.args(),
                        usual.remote(),
                        java.util.Set.of("EDITOR"),
                        Duration.ofSeconds(30),
                        false));
        try {
            AppServer after = real.attach();

            assertThat(after.pid()).isNotEqualTo(before.pid());
            assertThat(before.isOpen()).isFalse();
            assertThat(ProcessHandle.of(before.pid().orElseThrow())).isEmpty();
            assertThat(new ServerRows(real.database()).all())
                    .singleElement()
                    .satisfies(row -> assertThat(row.process().pid()).isEqualTo(after.pid().get()));
        } finally {
            real.set(usual);
        }
    }

    private static ThreadId thread(AppServer server) {
        return server.request(
                        ThreadStart.with(
                                ThreadOptions.builder()
                                        .cwd(real.workspace().toString())
                                        .approvalPolicy(ApprovalPolicy.NEVER)
                                        .sandbox(SandboxMode.DANGER_FULL_ACCESS)
                                        .build()))
                .thread()
                .id();
    }

    private static TurnStart turn(ThreadId thread, String text, String key) {
        return new TurnStart(
                thread,
                List.of(UserInput.text(text)),
                new InputKey(key),
                TurnOptions.builder()
                        .approvalPolicy(ApprovalPolicy.NEVER)
                        .sandboxPolicy(new SandboxPolicy.DangerFullAccess())
                        .build());
    }

    private static List<ThreadItem> items(RecordingListener listener) {
        return listener.all().stream()
                .filter(ServerNotification.ItemCompleted.class::isInstance)
                .map(completed -> ((ServerNotification.ItemCompleted) completed).item())
                .toList();
    }

    private record Nonsense() implements ClientRequest<Empty> {

        @Override
        public String method() {
            return "no/such";
        }

        @Override
        public Class<Empty> result() {
            return Empty.class;
        }
    }
}
