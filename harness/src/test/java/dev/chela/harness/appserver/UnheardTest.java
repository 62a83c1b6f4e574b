package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.Personality;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadResume;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of an approval that comes while none of our turns listens to its thread. */
class UnheardTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ThreadId THREAD = new ThreadId("t-1");

    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final FakeTransport peer = FakeTransport.introduced(this::replies);
    private AppServer server;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void itIsLeftToTheClientWhoseTurnAsksAndShownToWhoeverListensNext() throws Exception {
        server = connect(ConnectedAppServer.Peer.at(Place.OWN));
        server.subscribe(THREAD, new RecordingListener()).close();
        asks("7", "a");

        var next = new RecordingListener();
        server.subscribe(THREAD, next);

        RecordingListener.Asked asked = next.awaitRequest();
        assertThat(itemOf(asked)).isEqualTo("a");
        assertThat(answers).isEmpty();
        asked.reply().answer(ServerAnswer.CommandDecision.of(ServerAnswer.Decision.ACCEPT));
        assertThat(answers.poll(30, TimeUnit.SECONDS).at("/result/decision").asText())
                .isEqualTo("accept");
    }

    @Test
    void oneThatComesAgainAsTheThreadIsResumedIsShownOnceUnderItsNewId() throws Exception {
        server = connect(ConnectedAppServer.Peer.at(Place.OWN));
        server.request(new ThreadResume(THREAD, ThreadOptions.none(), Personality.NONE, true));
        asks("7", "a");
        asks("8", "a");
        asks("9", "b");

        var next = new RecordingListener();
        server.subscribe(THREAD, next);

        assertThat(next.awaitRequest().reply().id().orElseThrow().value().asText()).isEqualTo("8");
        assertThat(itemOf(next.awaitRequest())).isEqualTo("b");
    }

    @Test
    void oneThatWasAnsweredElsewhereIsForgotten() throws Exception {
        server = connect(ConnectedAppServer.Peer.at(Place.OWN));
        server.subscribe(THREAD, new RecordingListener()).close();
        asks("7", "answered");
        peer.says(
                "{\"method\":\"serverRequest/resolved\",\"params\":{\"threadId\":\"t-1\","
                        + "\"requestId\":7},\"emittedAtMs\":1}");
        asks("8", "open");

        var next = new RecordingListener();
        server.subscribe(THREAD, next);

        assertThat(itemOf(next.awaitRequest())).isEqualTo("open");
    }

    @Test
    void inAThreadThatWeNeverOpenedItIsRefused() throws Exception {
        server = connect(ConnectedAppServer.Peer.at(Place.OWN));
        asks("7", "a");

        assertThat(answers.poll(30, TimeUnit.SECONDS).at("/error/message").asText())
                .contains("nobody listens");
    }

    @Test
    void byAServerThatIsOursAloneItIsRefusedSoThatNoTurnWaitsForEver() throws Exception {
        server = connect(new WireClient.Mortal());
        server.subscribe(THREAD, new RecordingListener()).close();
        asks("7", "a");

        assertThat(answers.poll(30, TimeUnit.SECONDS).at("/error/message").asText())
                .contains("nobody listens");
    }

    private static String itemOf(RecordingListener.Asked asked) {
        return ((ServerRequest.CommandApproval) asked.request()).itemId();
    }

    /** Returns when it was taken in. */
    private void asks(String id, String item) {
        peer.says(
                ("{\"id\":%s,\"method\":\"item/commandExecution/requestApproval\",\"params\":{"
                                + "\"threadId\":\"t-1\",\"turnId\":\"u\",\"itemId\":\"%s\"}}")
                        .formatted(id, item));
        server.request(new AccountRead(false));
    }

    private AppServer connect(ConnectedAppServer.Peer other) {
        return ConnectedAppServer.introduce(peer, other, SOON, SOON);
    }

    private void replies(JsonNode message, FakeTransport self) {
        if (message.has("error") || message.has("result")) {
            answers.add(message);
        } else if (message.path("method").asText().equals("account/read")) {
            self.says(
                    "{\"id\":%s,\"result\":{\"account\":null,\"requiresOpenaiAuth\":false}}"
                            .formatted(message.get("id")));
        } else if (message.has("id")) {
            self.says(
                    """
                    {"id":%s,"result":{"model":"m","modelProvider":"p","thread":{"id":"t-1",\
                    "status":{"type":"active"},"preview":"","ephemeral":false,"createdAt":0,\
                    "updatedAt":0,"turns":[]}}}"""
                            .formatted(message.get("id")));
        }
    }
}
