package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.Empty;
import dev.chela.harness.appserver.protocol.Logout;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadArchive;
import dev.chela.harness.appserver.protocol.ThreadSetName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ways a peer misbehaves, and what the client makes of them. */
class RpcConnectionTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration NOW = Duration.ofMillis(50);
    private static final ThreadId THREAD = new ThreadId("t-1");

    private final List<AppServer> open = new ArrayList<>();
    private FakeTransport peer;

    @AfterEach
    void close() {
        open.forEach(AppServer::close);
    }

    @Test
    void anAnswerFindsItsRequestWhateverTheOrder() throws Exception {
        var held = new ArrayList<JsonNode>();
        AppServer server =
                connect(
                        (message, peer) -> {
                            if (!message.has("id")) {
                                return;
                            }
                            held.add(message.get("id"));
                            if (held.size() == 2) {
                                peer.says(account(held.get(1), true));
                                peer.says(account(held.get(0), false));
                            }
                        });
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = pool.submit(() -> server.request(new AccountRead(false), SOON));
            while (held.isEmpty()) {
                Thread.onSpinWait();
            }
            var second = pool.submit(() -> server.request(new AccountRead(false), SOON));
            assertThat(first.get().requiresOpenaiAuth()).isFalse();
            assertThat(second.get().requiresOpenaiAuth()).isTrue();
        }
    }

    @Test
    void aRequestWithoutAnswerEndsAtItsDeadlineAndTheConnectionLives() {
        AppServer server = connect((message, peer) -> {});

        assertThatExceptionOfType(RequestTimedOutException.class)
                .isThrownBy(() -> server.request(new AccountRead(false), NOW))
                .withMessageContaining("account/read had no answer within 50 ms");
        assertThat(server.isOpen()).isTrue();
    }

    @Test
    void anAnswerThatComesTooLateIsIgnored() {
        AppServer server =
                connect(
                        (message, peer) -> {
                            if (message.path("method").asText().equals("account/logout")) {
                                peer.says(account(message.get("id"), true));
                                peer.says(account(2, true));
                                peer.says("{\"id\":\"abc\",\"result\":{}}");
                            }
                        });
        assertThatExceptionOfType(RequestTimedOutException.class)
                .isThrownBy(() -> server.request(new AccountRead(false), NOW));

        assertThat(server.request(new Logout(), SOON)).isEqualTo(new Empty());
    }

    @Test
    void atMostAHundredRequestsAreInFlightAndTheNextWaitsWithinItsDeadline() throws Exception {
        var all = new CountDownLatch(PendingCalls.IN_FLIGHT_MAX);
        var seen = new AtomicInteger();
        var ids = new ArrayList<JsonNode>();
        AppServer server =
                connect(
                        (message, peer) -> {
                            if (message.has("id")) {
                                seen.incrementAndGet();
                                ids.add(message.get("id"));
                                all.countDown();
                            }
                        });
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<?>>();
            for (int i = 0; i < PendingCalls.IN_FLIGHT_MAX; i++) {
                waiting.add(pool.submit(() -> server.request(new Logout(), SOON)));
            }
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();

            assertThatExceptionOfType(RequestTimedOutException.class)
                    .isThrownBy(() -> server.request(new Logout(), NOW))
                    .withMessageContaining("was not sent");
            assertThat(seen).hasValue(PendingCalls.IN_FLIGHT_MAX);

            List.copyOf(ids).forEach(id -> peer.says("{\"id\":%s,\"result\":{}}".formatted(id)));
            for (Future<?> future : waiting) {
                future.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void anOverloadedServerIsAskedAgain() {
        var tries = new AtomicInteger();
        AppServer server =
                connect(
                        (message, peer) -> {
                            if (message.has("id")) {
                                peer.says(
                                        tries.incrementAndGet() < 3
                                                ? error(message, -32001, "Server overloaded")
                                                : account(message.get("id"), true));
                            }
                        });

        assertThat(server.request(new AccountRead(false), SOON).requiresOpenaiAuth()).isTrue();
        assertThat(tries).hasValue(3);
    }

    @Test
    void anOverloadThatOutlastsTheDeadlineIsToldAsRefusal() {
        AppServer server =
                connect(
                        (message, peer) -> {
                            if (message.has("id")) {
                                peer.says(error(message, -32001, "Server overloaded"));
                            }
                        });

        assertThatExceptionOfType(RpcFailedException.class)
                .isThrownBy(() -> server.request(new AccountRead(false), Duration.ofMillis(200)))
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(RpcRefusal.OVERLOADED));
    }

    @Test
    void aRefusalKeepsMethodCodeAndData() {
        AppServer server =
                connect(
                        (message, peer) ->
                                peer.says(
                                        """
                                        {"id":%s,"error":{"code":-32600,\
                                        "message":"cannot steer a review turn","data":\
                                        {"codexErrorInfo":{"activeTurnNotSteerable":\
                                        {"turnKind":"review"}}}}}\
                                        """
                                                .formatted(message.path("id").asText("0"))));

        assertThatExceptionOfType(RpcFailedException.class)
                .isThrownBy(() -> server.request(new ThreadArchive(THREAD), SOON))
                .satisfies(
                        e -> {
                            assertThat(e.method()).isEqualTo("thread/archive");
                            assertThat(e.code()).isEqualTo(-32600);
                            assertThat(e.refusal()).isEqualTo(RpcRefusal.NOT_STEERABLE);
                            assertThat(e.codexErrorInfo().orElseThrow().kind())
                                    .isEqualTo("activeTurnNotSteerable");
                        });
    }

    @Test
    void aBadEnumValueIsNoUnknownMethod() {
        String text = "Invalid request: unknown variant `detached`, expected `inline`";
        assertThat(RpcRefusal.of("review/start", -32600, null, text)).isEqualTo(RpcRefusal.OTHER);
        assertThat(RpcRefusal.of("x/y", -32600, null, "Invalid request: unknown variant `x/y`, ex"))
                .isEqualTo(RpcRefusal.UNKNOWN_METHOD);
    }

    @Test
    void malformedAndSenselessLinesAreSkipped() {
        AppServer server =
                connect(
                        (message, peer) -> {
                            peer.says("{\"id\":");
                            peer.says("[]");
                            peer.says("null");
                            peer.says("{\"hello\":1}");
                            peer.says("{\"method\":7,\"id\":1}");
                            peer.says(account(message.path("id"), true));
                        });

        assertThat(server.request(new AccountRead(false), SOON).requiresOpenaiAuth()).isTrue();
    }

    @Test
    void anAnswerThatDoesNotFitItsRecordIsAViolation() {
        AppServer server =
                connect((message, peer) -> peer.says("{\"id\":2,\"result\":{\"data\":3}}"));

        assertThatExceptionOfType(ProtocolViolationException.class)
                .isThrownBy(
                        () ->
                                server.request(
                                        dev.chela.harness.appserver.protocol.ThreadList.newest(1),
                                        SOON))
                .withMessageContaining("thread/list");
    }

    @Test
    void anOversizedAnswerFailsItsRequestOnly() {
        AppServer server =
                connect(
                        (message, peer) -> {
                            if (message.path("method").asText().equals("account/read")) {
                                peer.saysOversized(
                                        "{\"id\":%s,\"result\":{".formatted(message.get("id")),
                                        99_000_000);
                            } else if (message.has("id")) {
                                peer.says("{\"id\":%s,\"result\":{}}".formatted(message.get("id")));
                            }
                        });

        assertThatExceptionOfType(ProtocolViolationException.class)
                .isThrownBy(() -> server.request(new AccountRead(false), SOON))
                .withMessageContaining("99000000 bytes");
        assertThat(server.request(new Logout(), SOON)).isEqualTo(new Empty());
    }

    @Test
    void aRequestThatIsTooLargeIsNotSent() {
        AppServer server = connect((message, peer) -> {});
        var request = new ThreadSetName(THREAD, "x".repeat(1_000_001));

        assertThatExceptionOfType(ProtocolViolationException.class)
                .isThrownBy(() -> server.request(request, SOON))
                .withMessageContaining("larger than the 1000000 bytes");
    }

    @Test
    void anAnswerThatIsTooLargeIsSentAsAnErrorInstead() throws Exception {
        var said = new CompletableFuture<JsonNode>();
        AppServer server =
                connect(
                        (message, peer) -> {
                            if (message.path("id").asInt(-1) == 7) {
                                said.complete(message);
                            }
                        });
        var listener = new RecordingListener();
        server.subscribe(THREAD, listener);
        peer.says(toolCall("7"));

        listener.awaitRequest()
                .reply()
                .answer(ServerAnswer.ToolAnswer.of(true, "x".repeat(1_000_001)));

        JsonNode answer = said.get(20, TimeUnit.SECONDS);
        assertThat(answer.has("result")).isFalse();
        assertThat(answer.at("/error/message").asText()).contains("the bound is 1000000");
        assertThat(server.isOpen()).isTrue();
    }

    @Test
    void unpairedSurrogatesDoNotReachTheWire() {
        AppServer server = connect((message, peer) -> peer.says("{\"id\":2,\"result\":{}}"));

        server.request(new ThreadSetName(THREAD, "a\uD83Db\uD83D\uDE00"), SOON);

        assertThat(peer.sent().getLast().at("/params/name").asText())
                .isEqualTo("a\uFFFDb\uD83D\uDE00");
    }

    @Test
    void anUnknownServerRequestIsRefusedAndIdZeroIsAnId() throws Exception {
        var refused = new CompletableFuture<JsonNode>();
        connect(
                (message, peer) -> {
                    if (message.has("error")) {
                        refused.complete(message);
                    }
                });
        peer.says("{\"id\":0,\"method\":\"currentTime/read\",\"params\":{}}");

        JsonNode answer = refused.get(30, TimeUnit.SECONDS);
        assertThat(answer.get("id").asInt()).isZero();
        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32601);
    }

    @Test
    void aServerRequestIsAnsweredOnceUnderItsOwnId() throws Exception {
        var answers = new java.util.concurrent.LinkedBlockingQueue<JsonNode>();
        AppServer server =
                connect(
                        (message, peer) -> {
                            if (message.has("result") || message.has("error")) {
                                answers.add(message);
                            }
                        });
        var listener = new RecordingListener();
        server.subscribe(THREAD, listener);
        peer.says(toolCall("\"s-7\""));

        var asked = listener.awaitRequest();
        assertThat(asked.request())
                .isInstanceOfSatisfying(
                        ServerRequest.ToolCall.class,
                        call -> assertThat(call.tool()).isEqualTo("look"));
        assertThat(asked.reply().answer(ServerAnswer.ToolAnswer.of(true, "seen"))).isTrue();
        assertThat(asked.reply().fail(1, "again")).isFalse();

        JsonNode answer = answers.poll(30, TimeUnit.SECONDS);
        assertThat(answer.toString())
                .isEqualTo(
                        "{\"id\":\"s-7\",\"result\":{\"success\":true,\"contentItems\":"
                                + "[{\"text\":\"seen\",\"type\":\"inputText\"}]}}");
    }

    @Test
    void aRequestThatNobodyListensForIsRefused() throws Exception {
        var refused = new CompletableFuture<JsonNode>();
        connect(
                (message, peer) -> {
                    if (message.has("error")) {
                        refused.complete(message);
                    }
                });
        peer.says(toolCall("5"));

        assertThat(refused.get(30, TimeUnit.SECONDS).at("/error/message").asText())
                .contains("nobody listens");
    }

    @Test
    void notificationsGoToTheirThreadAndTheRestToGeneralListeners() throws Exception {
        AppServer server = connect((message, peer) -> {});
        var thread = new RecordingListener();
        var general = new RecordingListener();
        server.subscribe(THREAD, thread);
        server.subscribe(general);

        peer.says(status("t-2"));
        peer.says(status("t-1"));
        peer.says("{\"method\":\"account/updated\",\"params\":{\"authMode\":\"apikey\"}}");

        assertThat(thread.await(ServerNotification.ThreadStatusChanged.class).threadId())
                .isEqualTo(THREAD);
        assertThat(general.await(ServerNotification.AccountUpdated.class).authMode())
                .isEqualTo("apikey");
        assertThat(thread.all()).hasSize(1);
        assertThat(general.all()).hasSize(1);
    }

    @Test
    void theEndOfTheConnectionFailsEverythingThatWaits() throws Exception {
        AppServer server =
                connect(
                        (message, peer) -> {
                            if (message.path("method").asText().equals("account/read")) {
                                peer.hangsUp("exit code 137");
                            }
                        });
        var listener = new RecordingListener();
        server.subscribe(THREAD, listener);

        assertThatExceptionOfType(ConnectionClosedException.class)
                .isThrownBy(() -> server.request(new AccountRead(false), SOON))
                .withMessageContaining("exit code 137");
        assertThat(listener.awaitClosed()).hasMessageContaining("exit code 137");
        assertThat(server.closed().get(30, TimeUnit.SECONDS))
                .isInstanceOf(ConnectionClosedException.class);
        assertThat(server.isOpen()).isFalse();
        assertThatExceptionOfType(ConnectionClosedException.class)
                .isThrownBy(() -> server.request(new Logout(), SOON));
    }

    @Test
    void whoSubscribesAfterTheEndIsToldAtOnce() {
        AppServer server = connect((message, peer) -> {});
        server.close();
        var listener = new RecordingListener();

        server.subscribe(THREAD, listener);

        assertThat(listener.awaitClosed()).isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    void aServerThatIsTooOldIsRefusedWithTheNextStep() {
        var old =
                new FakeTransport(
                        (message, peer) ->
                                peer.says(
                                        """
                                        {"id":1,"result":{"userAgent":"chela/0.124.9 (x)",\
                                        "codexHome":"/h","platformFamily":"u","platformOs":"l"}}\
                                        """));

        assertThatExceptionOfType(ProtocolViolationException.class)
                .isThrownBy(
                        () ->
                                ConnectedAppServer.introduce(
                                        old, ConnectedAppServer.Peer.at(Place.OWN), SOON, SOON))
                .withMessageContaining("0.124.9")
                .withMessageContaining("0.125.0")
                .withMessageContaining("appServer.command");
    }

    private AppServer connect(BiConsumer<JsonNode, FakeTransport> script) {
        peer =
                FakeTransport.introduced(
                        (message, self) -> {
                            if (!message.path("method").asText().equals("initialized")) {
                                script.accept(message, self);
                            }
                        });
        AppServer server =
                ConnectedAppServer.introduce(
                        peer, ConnectedAppServer.Peer.at(Place.OWN), SOON, SOON);
        open.add(server);
        return server;
    }

    private static String account(Object id, boolean required) {
        return "{\"id\":%s,\"result\":{\"account\":null,\"requiresOpenaiAuth\":%s}}"
                .formatted(id, required);
    }

    private static String error(JsonNode message, int code, String text) {
        return "{\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
                .formatted(message.get("id"), code, text);
    }

    private static String status(String thread) {
        return ("{\"method\":\"thread/status/changed\",\"params\":{\"threadId\":\"%s\","
                        + "\"status\":{\"type\":\"idle\"}},\"emittedAtMs\":1}")
                .formatted(thread);
    }

    private static String toolCall(String id) {
        return ("{\"id\":%s,\"method\":\"item/tool/call\",\"params\":{\"threadId\":\"t-1\","
                        + "\"turnId\":\"u\",\"callId\":\"c\",\"tool\":\"look\",\"arguments\":{}}}")
                .formatted(id);
    }
}
