package dev.chela.harness.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.WireClient;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.appserver.protocol.UserInput;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ScriptedPeerTest {

    private static final ThreadId THREAD = new ThreadId("t-1");
    private static final TurnId TURN = new TurnId("u-1");

    @Test
    void aScriptedTurnIsHeardToItsEndInSpiteOfGarbage() {
        var script =
                PeerScript.afterHandshake()
                        .thenTurn("t-1", "u-1")
                        .garbage("{no json")
                        .turnCompleted("t-1", "u-1", "completed")
                        .stall();
        var peer = ScriptedAppServer.following(script);
        try (var server = WireClient.open(peer.connect())) {
            var watch = new TurnWatch();
            server.request(ThreadStart.with(ThreadOptions.none()));
            server.subscribe(THREAD, watch);
            var input = List.of(UserInput.text("hi"));
            server.request(new TurnStart(THREAD, input, null, TurnOptions.none()));

            assertThat(watch.awaitEnd(TURN).status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(peer.problems()).isEmpty();
            assertThat(peer.heard()).hasSize(4);
        }
    }

    @Test
    void whatTheScriptDoesNotExpectIsRefusedAndRemembered() {
        var peer = ScriptedAppServer.following(PeerScript.afterHandshake().expect("turn/start"));
        try (var server = WireClient.open(peer.connect())) {
            assertThatThrownBy(() -> server.request(new ThreadRead(THREAD, false)))
                    .isInstanceOf(RpcFailedException.class);
        }
        assertThat(peer.problems().getFirst()).isEqualTo("expected turn/start but got thread/read");
    }

    @Test
    void anExitEndsTheConnection() throws Exception {
        var peer = ScriptedAppServer.following(PeerScript.afterHandshake().exit());
        try (var server = WireClient.open(peer.connect())) {
            server.closed().get(10, TimeUnit.SECONDS);

            assertThat(server.isOpen()).isFalse();
        }
    }

    @Test
    void aScriptMayQuoteTheRequestItAnswers() {
        var script =
                PeerScript.afterHandshake()
                        .expect("thread/read")
                        .notify("thread/name/updated", "{\"threadId\":\"${params.threadId}\"}")
                        .refuse(-32600, "done")
                        .stall();
        var peer = ScriptedAppServer.following(script);
        try (var server = WireClient.open(peer.connect())) {
            var watch = new TurnWatch();
            server.subscribe(new ThreadId("t-quoted"), watch);
            assertThatThrownBy(
                            () -> server.request(new ThreadRead(new ThreadId("t-quoted"), false)))
                    .hasMessageContaining("done");

            watch.await(ServerNotification.ThreadNameUpdated.class, _ -> true);
        }
    }
}
