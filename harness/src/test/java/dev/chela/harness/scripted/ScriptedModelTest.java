package dev.chela.harness.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ScriptedModelTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aPlainMessageIsEchoedInSeveralPiecesThatMakeUpTheWhole() throws Exception {
        try (var model = ScriptedModel.start()) {
            var events = ask(model, user("hello scripted world"));

            assertThat(types(events))
                    .startsWith("response.created", "response.output_item.added")
                    .endsWith("response.output_item.done", "response.completed");
            var deltas =
                    events.stream()
                            .filter(e -> e.path("type").asText().endsWith("text.delta"))
                            .map(e -> e.path("delta").asText())
                            .toList();
            assertThat(deltas).hasSizeGreaterThan(1);
            assertThat(String.join("", deltas)).isEqualTo("Echo: hello scripted world");
        }
    }

    @Test
    void aCommandIsCalledFirstAndReportedWhenItsOutputCame() throws Exception {
        try (var model = ScriptedModel.start()) {
            var call = done(ask(model, user("run echo hi")), "function_call");
            assertThat(call.path("name").asText()).isEqualTo("exec_command");
            assertThat(call.path("arguments").asText()).isEqualTo("{\"cmd\":\"echo hi\"}");

            var output = "Process exited with code 3\\nOutput:\\noh\\n";
            var answer =
                    done(ask(model, user("run echo hi") + "," + toolOutput(output)), "message");

            assertThat(answer.path("content").path(0).path("text").asText())
                    .isEqualTo("The command failed with code 3.\n```\noh\n```");
        }
    }

    @Test
    void aCommandThatStillRunsIsAskedAboutAgain() throws Exception {
        try (var model = ScriptedModel.start()) {
            var output = "Process running with session ID 41\\nOutput:\\n";
            var again =
                    done(
                            ask(model, user("run sleep 9") + "," + toolOutput(output)),
                            "function_call");

            assertThat(again.path("name").asText()).isEqualTo("write_stdin");
            assertThat(again.path("arguments").asText()).contains("\"session_id\":41");
        }
    }

    @Test
    void theMessageToolIsCalledInItsNamespace() throws Exception {
        try (var model = ScriptedModel.start()) {
            var call = done(ask(model, user("tell me a \\\"secret\\\"")), "function_call");

            assertThat(call.path("namespace").asText()).isEqualTo("openclaw");
            assertThat(call.path("name").asText()).isEqualTo("message");
            assertThat(JSON.readTree(call.path("arguments").asText()).path("text").asText())
                    .isEqualTo("a \"secret\"");
        }
    }

    @Test
    void callIdsAreNeverUsedTwiceNotEvenByTwoModels() throws Exception {
        var ids = new HashSet<String>();
        for (var run = 0; run < 2; run++) {
            try (var model = ScriptedModel.start()) {
                for (var i = 0; i < 5; i++) {
                    var call = done(ask(model, user("run true")), "function_call");
                    ids.add(call.path("call_id").asText());
                }
            }
        }
        assertThat(ids).hasSize(10);
    }

    @Test
    void onlyTheLastUserMessageAndWhatFollowedItCount() throws Exception {
        try (var model = ScriptedModel.start()) {
            var input = user("run ls") + "," + toolOutput("Output:\\nold") + "," + user("bye");
            var answer = done(ask(model, input), "message");

            assertThat(answer.path("content").path(0).path("text").asText()).isEqualTo("Echo: bye");
            assertThat(model.requests().getLast().outputs()).isEmpty();
        }
    }

    @Test
    void failuresAreTheOnesThatWereAskedFor() throws Exception {
        try (var model = ScriptedModel.start()) {
            assertThat(post(model, body(user("fail"))).statusCode()).isEqualTo(500);
            var failed = ask(model, user("fail quota")).getLast();
            assertThat(failed.path("type").asText()).isEqualTo("response.failed");
            assertThat(failed.path("response").path("error").path("code").asText())
                    .isEqualTo("insufficient_quota");
        }
    }

    @Test
    void aCutStreamEndsInMidAnswer() throws Exception {
        try (var model = ScriptedModel.start()) {
            assertThatThrownBy(() -> post(model, body(user("cut"))))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aGateHoldsTheStreamUntilTheTestOpensIt() throws Exception {
        var gate = new Gate();
        var reply = ModelReply.silent().sayHeld("before ", gate, "after");
        try (var model = ScriptedModel.builder().onText("wait"::equals, reply).start()) {
            var answer =
                    http.sendAsync(request(model, body(user("wait"))), BodyHandlers.ofString());

            assertThat(gate.awaitReached(SOON)).isTrue();
            assertThat(answer).isNotDone();
            gate.open();

            assertThat(answer.get(10, TimeUnit.SECONDS).body()).contains("before after");
        }
    }

    @Test
    void aRuleGivesItsRepliesInTurnAndThenTheLastOne() throws Exception {
        var rule = ScriptedModel.builder();
        rule.onText(t -> t.startsWith("q"), ModelReply.text("one"), ModelReply.text("two"));
        try (var model = rule.start()) {
            assertThat(post(model, body(user("q1"))).body()).contains("\"text\":\"one\"");
            assertThat(post(model, body(user("q2"))).body()).contains("\"text\":\"two\"");
            assertThat(post(model, body(user("q3"))).body()).contains("\"text\":\"two\"");
            assertThat(post(model, body(user("else"))).body()).contains("Echo: else");
        }
    }

    @Test
    void anAnswerWithASchemaFitsIt() throws Exception {
        try (var model = ScriptedModel.start()) {
            var schema =
                    "{\"type\":\"object\",\"required\":[\"title\",\"n\"],\"properties\":"
                            + "{\"title\":{\"type\":\"string\"},\"n\":{\"type\":\"integer\"}}}";
            var body =
                    "{\"input\":[%s],\"text\":{\"format\":{\"schema\":%s}}}"
                            .formatted(user("name it"), schema);

            assertThat(post(model, body).body())
                    .contains("{\\\"title\\\":\\\"scripted\\\",\\\"n\\\":1}");
        }
    }

    @Test
    void aCompactionGetsASummary() throws Exception {
        try (var model = ScriptedModel.start()) {
            var prompt = "You are performing a CONTEXT CHECKPOINT COMPACTION. Create a summary.";
            assertThat(post(model, body(user(prompt))).body()).contains("Summary: ");
        }
    }

    @Test
    void whatIsNoModelCallIsRefusedWithTheReason() throws Exception {
        try (var model = ScriptedModel.start()) {
            assertThat(post(model, "{nonsense").statusCode()).isEqualTo(400);
            var models = URI.create(model.baseUrl() + "/models");
            var answer = http.send(HttpRequest.newBuilder(models).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("only POST /v1/responses");
        }
    }

    private List<JsonNode> ask(ScriptedModel model, String input) throws Exception {
        return post(model, body(input))
                .body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> tree(line.substring("data: ".length())))
                .toList();
    }

    private HttpResponse<String> post(ScriptedModel model, String body) throws Exception {
        return http.send(request(model, body), BodyHandlers.ofString());
    }

    private static HttpRequest request(ScriptedModel model, String body) {
        return HttpRequest.newBuilder(URI.create(model.baseUrl() + "/responses"))
                .timeout(SOON)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String body(String input) {
        return "{\"model\":\"gpt-5.5\",\"stream\":true,\"input\":[" + input + "]}";
    }

    private static String user(String text) {
        return "{\"type\":\"message\",\"role\":\"user\",\"content\":"
                + "[{\"type\":\"input_text\",\"text\":\""
                + text
                + "\"}]}";
    }

    private static String toolOutput(String text) {
        return "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"" + text + "\"}";
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    private static JsonNode done(List<JsonNode> events, String type) {
        return events.stream()
                .filter(e -> e.path("type").asText().equals("response.output_item.done"))
                .map(e -> e.path("item"))
                .filter(item -> item.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " in " + events));
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
