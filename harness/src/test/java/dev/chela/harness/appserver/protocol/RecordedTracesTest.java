package dev.chela.harness.appserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ThreadId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Recordings of the real server decode without anything unreadable. */
class RecordedTracesTest {

    private final WireCodec codec = new WireCodec();

    @Test
    void everyRecordedServerMessageIsReadable() {
        for (JsonNode message : recorded()) {
            JsonNode params = message.path("params");
            if (!message.has("method")) {
                continue;
            }
            String method = message.get("method").asText();
            if (message.has("id")) {
                assertThat(codec.request(method, params)).as(method).isPresent();
            } else {
                codec.notification(method, params);
            }
        }
        assertThat(codec.unknowns().counts().keySet())
                .noneMatch(kind -> kind.contains("unreadable"))
                .allMatch(kind -> kind.startsWith("notification "))
                .doesNotContain("notification turn/completed");
    }

    @Test
    void aCompletedTurnTellsItsStatusAndThread() {
        var completed =
                recorded().stream()
                        .filter(m -> m.path("method").asText().equals("turn/completed"))
                        .map(m -> codec.notification("turn/completed", m.get("params")))
                        .map(ServerNotification.TurnCompleted.class::cast)
                        .toList();
        assertThat(completed).extracting(t -> t.turn().status()).contains(TurnStatus.COMPLETED);
        assertThat(completed).allMatch(t -> t.about().isPresent());
        assertThat(completed)
                .filteredOn(t -> t.turn().status() == TurnStatus.FAILED)
                .isNotEmpty()
                .allMatch(t -> t.turn().error() != null);
    }

    @Test
    void anUnknownItemKeepsItsIdAndRawForm() throws IOException {
        JsonNode node = codec.parse("{\"type\":\"dream\",\"id\":\"i1\",\"depth\":3}");

        ThreadItem item = codec.decode(ThreadItem.class, node);

        assertThat(item).isEqualTo(new ThreadItem.Unknown("i1", "dream", node));
        assertThat(codec.unknowns().counts()).containsEntry("item type dream", 1L);
    }

    @Test
    void aKnownItemThatCannotBeReadIsUnknownToo() throws IOException {
        JsonNode node = codec.parse("{\"type\":\"userMessage\",\"id\":\"i1\",\"content\":7}");

        assertThat(codec.decode(ThreadItem.class, node)).isInstanceOf(ThreadItem.Unknown.class);
    }

    @Test
    void anUnknownEnumValueDoesNotSpoilTheMessage() throws IOException {
        JsonNode node =
                codec.parse(
                        "{\"type\":\"agentMessage\",\"id\":\"i\",\"text\":\"t\",\"phase\":\"x\"}");

        assertThat(codec.decode(ThreadItem.class, node))
                .isEqualTo(new ThreadItem.AgentMessage("i", "t", MessagePhase.UNKNOWN));
        assertThat(codec.unknowns().counts()).containsKey("MessagePhase x");
    }

    @Test
    void errorInfoIsAStringOrAnObjectWithOneKey() throws IOException {
        assertThat(CodexErrorInfo.read(codec.parse("\"usageLimitExceeded\"")).kind())
                .isEqualTo("usageLimitExceeded");
        var http =
                CodexErrorInfo.read(
                        codec.parse("{\"httpConnectionFailed\":{\"httpStatusCode\":401}}"));
        assertThat(http.kind()).isEqualTo("httpConnectionFailed");
        assertThat(http.httpStatusCode()).contains(401);
    }

    @Test
    void requestsLeaveOutWhatIsNotSet() {
        var options =
                ThreadOptions.builder()
                        .cwd("/w")
                        .approvalPolicy(ApprovalPolicy.NEVER)
                        .sandbox(SandboxMode.DANGER_FULL_ACCESS)
                        .build();
        assertThat(codec.encode(ThreadStart.with(options)).toString())
                .isEqualTo(
                        "{\"cwd\":\"/w\",\"approvalPolicy\":\"never\","
                                + "\"sandbox\":\"danger-full-access\",\"dynamicTools\":[]}");
        var turn =
                new TurnStart(
                        new ThreadId("t"),
                        List.of(UserInput.text("hi")),
                        null,
                        TurnOptions.builder()
                                .sandboxPolicy(new SandboxPolicy.ReadOnly(false))
                                .build());
        assertThat(codec.encode(turn).toString())
                .isEqualTo(
                        "{\"threadId\":\"t\",\"input\":[{\"text\":\"hi\",\"type\":\"text\"}],"
                                + "\"sandboxPolicy\":{\"networkAccess\":false,"
                                + "\"type\":\"readOnly\"}}");
    }

    private List<JsonNode> recorded() {
        var messages = new ArrayList<JsonNode>();
        try (Stream<Path> files = Files.list(traces())) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode entry = codec.parse(line);
                    if (entry.path("dir").asText().equals("server")) {
                        messages.add(entry.get("msg"));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }

    private static Path traces() {
        try {
            return Path.of(RecordedTracesTest.class.getResource("/traces").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
