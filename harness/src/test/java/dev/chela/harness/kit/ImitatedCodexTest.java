package dev.chela.harness.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.WireClient;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.appserver.protocol.UserInput;
import dev.chela.harness.scripted.Gate;
import dev.chela.harness.scripted.ModelReply;
import dev.chela.harness.scripted.ScriptedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImitatedCodexTest {

    @TempDir Path home;

    @Test
    void aTurnOutlivesItsClientAndTheNextOneGetsItsOpenCallAgain() throws Exception {
        var codex = new ImitatedCodex(home, ScriptedModel.builder().mind());
        var first = WireClient.open(codex.connect());
        var thread = begin(first);
        var firstWatch = new TurnWatch();
        first.subscribe(thread, firstWatch);
        var turn = start(first, thread, "call kit.look_up {\"city\":\"Oslo\"}");
        var call = firstWatch.awaitAsked(ServerRequest.ToolCall.class);
        first.close();

        try (var second = WireClient.open(codex.connect())) {
            var watch =
                    new TurnWatch()
                            .answering(_ -> Optional.of(ServerAnswer.ToolAnswer.of(true, "rain")));
            second.subscribe(thread, watch);
            second.request(new ThreadResume(thread, ThreadOptions.none(), null, true));

            var again = watch.awaitAsked(ServerRequest.ToolCall.class);
            assertThat(again.callId()).isEqualTo(call.callId());
            assertThat(watch.awaitEnd(turn).answer()).isEqualTo("kit.look_up answered: rain");
        } finally {
            codex.close();
        }
    }

    @Test
    void aRunningTurnIsReadAsInProgressWithWhatItFinished() throws Exception {
        var gate = new Gate();
        var reply = ModelReply.silent().comment("one moment").sayHeld("so ", gate, "be it");
        var codex =
                new ImitatedCodex(home, ScriptedModel.builder().onText(_ -> true, reply).mind());
        try (var server = WireClient.open(codex.connect())) {
            var thread = begin(server);
            var watch = new TurnWatch();
            server.subscribe(thread, watch);
            var turn = start(server, thread, "go");
            assertThat(gate.awaitReached(Duration.ofSeconds(10))).isTrue();

            var now = server.request(new ThreadRead(thread, true)).thread().turns().getLast();
            assertThat(now.status()).isEqualTo(TurnStatus.IN_PROGRESS);
            assertThat(now.items()).hasSize(2).last().isInstanceOf(ThreadItem.AgentMessage.class);

            gate.open();
            assertThat(watch.awaitEnd(turn).answer()).isEqualTo("so be it");
        } finally {
            codex.close();
        }
    }

    @Test
    void itDiesRightAfterTheMessageATestNamed() throws Exception {
        var codex = new ImitatedCodex(home, ScriptedModel.builder().mind());
        codex.killAfterSending(m -> m.path("method").asText().equals("turn/started"));
        try (var server = WireClient.open(codex.connect())) {
            var thread = begin(server);
            var watch = new TurnWatch();
            server.subscribe(thread, watch);
            start(server, thread, "hello");
            server.closed().get(10, TimeUnit.SECONDS);

            watch.await(ServerNotification.TurnStarted.class, _ -> true);
            assertThat(watch.seen()).noneMatch(ServerNotification.TurnCompleted.class::isInstance);
        }
        try (var next = new ImitatedCodex(home, ScriptedModel.builder().mind());
                var server = WireClient.open(next.connect())) {
            var id = new ThreadId(next.store().threads().getFirst());
            var turn = server.request(new ThreadRead(id, true)).thread().turns().getFirst();
            assertThat(turn.status()).isEqualTo(TurnStatus.INTERRUPTED);
        }
    }

    private ThreadId begin(AppServer server) {
        var options = ThreadOptions.builder().cwd(home.toString()).build();
        var tools = List.of(Talk.tool("look_up", "Looks something up", false));
        return server.request(new ThreadStart(options, null, false, false, tools)).thread().id();
    }

    private static TurnId start(AppServer server, ThreadId thread, String text) {
        var input = List.of(UserInput.text(text));
        return server.request(new TurnStart(thread, input, null, TurnOptions.none())).turn().id();
    }
}
