package dev.chela.harness.appserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.appserver.RealServers;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our records against the schemas that the pinned binary generates of itself: what we send is
 * allowed, what it may send is readable, and no component of ours has a name that it does not have.
 */
class GeneratedSchemaIT {

    /** Items of the schema that Chela leaves to {@code Unknown}. */
    private static final Set<String> IGNORED_ITEMS =
            Set.of("functionCallOutput", "subAgentActivity", "sleep");

    @TempDir private static Path schemas;

    private final WireCodec codec = new WireCodec();

    @BeforeAll
    static void generate() throws Exception {
        Process process =
                new ProcessBuilder(
                                RealServers.codex().executable().toString(),
                                "app-server",
                                "generate-json-schema",
                                "--experimental",
                                "--out",
                                schemas.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void everyRequestOfOursIsAllowed() throws Exception {
        WireSchema schema = schema("ClientRequest");
        var problems = new ArrayList<String>();
        for (Class<?> type : requestTypes()) {
            var request = (ClientRequest<?>) RecordSamples.filled(type);
            JsonNode params = schema.params(request.method()).orElseThrow();
            if (request.hasParams()) {
                problems.addAll(schema.problems(request.method(), codec.encode(request), params));
            }
        }
        // The flat form of tools is what 0.125 knows, too; the schema of 0.169 shows only the new.
        problems.removeIf(problem -> problem.startsWith("thread/start.dynamicTools[]"));
        assertThat(problems).isEmpty();
    }

    @Test
    void everyAnswerToUsIsReadableAndHasTheMembersWeName() throws Exception {
        WireSchema requests = schema("ClientRequest");
        var empty = new TreeSet<String>();
        for (Class<?> type : requestTypes()) {
            var request = (ClientRequest<?>) RecordSamples.filled(type);
            WireSchema answer = schema(answerName(requests, request.method()));
            for (JsonNode variant : answer.variants(answer.root())) {
                codec.decode(request.result(), answer.sample(variant, false));
                Object full = codec.decode(request.result(), answer.sample(variant, true));
                empty.addAll(RecordSamples.empties(request.method(), full));
            }
        }
        assertThat(missing(empty)).isEmpty();
        assertThat(codec.unknowns().counts().keySet())
                .noneMatch(kind -> kind.contains("unreadable"));
    }

    @Test
    void everyNotificationWeKnowIsReadable() throws Exception {
        WireSchema schema = schema("ServerNotification");
        var empty = new TreeSet<String>();
        for (Map.Entry<String, ?> known : ServerMethods.NOTIFICATIONS.entrySet()) {
            String method = known.getKey();
            if (method.equals("rawResponseItem/completed")) {
                continue; // Not in the union of the schema, though it is sent.
            }
            JsonNode params = schema.params(method).orElseThrow();
            assertThat(codec.notification(method, schema.sample(params, false)))
                    .as(method)
                    .isNotInstanceOf(ServerNotification.Unknown.class);
            var full = codec.notification(method, schema.sample(params, true));
            empty.addAll(RecordSamples.empties(method, full));
        }
        assertThat(missing(empty)).isEmpty();
    }

    @Test
    void everyServerRequestWeServeIsReadable() throws Exception {
        WireSchema schema = schema("ServerRequest");
        var empty = new TreeSet<String>();
        for (String method : ServerMethods.REQUESTS.keySet()) {
            JsonNode params = schema.params(method).orElseThrow();
            for (JsonNode variant : schema.variants(params)) {
                assertThat(codec.request(method, schema.sample(variant, false)))
                        .as(method)
                        .isPresent();
                var full = codec.request(method, schema.sample(variant, true)).orElseThrow();
                if (!method.startsWith("mcpServer")) {
                    empty.addAll(RecordSamples.empties(method, full));
                }
            }
        }
        assertThat(missing(empty)).isEmpty();
    }

    @Test
    void everyItemTypeIsReadableOrKnowinglyIgnored() throws Exception {
        WireSchema schema = schema("v2/ItemCompletedNotification");
        var unknown = new TreeSet<String>();
        var empty = new TreeSet<String>();
        for (JsonNode variant : schema.variants(schema.root().at("/properties/item"))) {
            String type = variant.at("/properties/type/enum/0").asText();
            JsonNode minimal = schema.sample(variant, false);
            ThreadItem item = codec.decode(ThreadItem.class, minimal);
            if (item instanceof ThreadItem.Unknown) {
                unknown.add(type);
            } else {
                Object full = codec.decode(ThreadItem.class, schema.sample(variant, true));
                empty.addAll(RecordSamples.empties(type, full));
            }
        }
        assertThat(unknown).isEqualTo(new TreeSet<>(IGNORED_ITEMS));
        // The schema has a variant with the picture's file and one with the picture itself.
        assertThat(empty)
                .containsExactlyInAnyOrder("imageGeneration.result", "imageGeneration.fileId");
    }

    @Test
    void everyAnswerOfOursIsAllowed() throws Exception {
        var answers =
                Map.of(
                        "CommandExecutionRequestApprovalResponse",
                                List.of(
                                        ServerAnswer.CommandDecision.of(
                                                ServerAnswer.Decision.ACCEPT_FOR_SESSION),
                                        ServerAnswer.CommandDecision.acceptAlways(
                                                List.of("touch", "f"))),
                        "FileChangeRequestApprovalResponse",
                                List.of(
                                        new ServerAnswer.FileChangeDecision(
                                                ServerAnswer.Decision.DECLINE)),
                        "PermissionsRequestApprovalResponse",
                                List.of(ServerAnswer.PermissionsGrant.none()),
                        "ToolRequestUserInputResponse",
                                List.of(
                                        new ServerAnswer.UserInputAnswers(
                                                Map.of(
                                                        "q",
                                                        new ServerAnswer.UserInputAnswers.Given(
                                                                List.of("Blue"))))),
                        "McpServerElicitationRequestResponse",
                                List.of(new ServerAnswer.ElicitationAnswer("accept", null, null)),
                        "DynamicToolCallResponse",
                                List.of(ServerAnswer.ToolAnswer.of(true, "sunny")),
                        "ChatgptAuthTokensRefreshResponse",
                                List.of(new ServerAnswer.AuthTokens("a", "b", "plus")));
        for (var entry : answers.entrySet()) {
            WireSchema schema = schema(entry.getKey());
            for (Object answer : entry.getValue()) {
                assertThat(schema.problems("", codec.encode(answer), schema.root()))
                        .as(entry.getKey())
                        .isEmpty();
            }
        }
    }

    /** An error's cause has a detail in its object form only; the sample has the other. */
    private static Set<String> missing(Set<String> empty) {
        empty.removeIf(path -> path.endsWith("codexErrorInfo.detail"));
        return empty;
    }

    private static String answerName(WireSchema requests, String method) {
        JsonNode params = requests.params(method).orElseThrow();
        String reference = params.findPath("$ref").asText();
        if (reference.isEmpty()) {
            return switch (method) {
                case "account/logout" -> "v2/LogoutAccountResponse";
                case "config/mcpServer/reload" -> "v2/McpServerRefreshResponse";
                default -> "?" + method;
            };
        }
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        String folder = method.equals("initialize") ? "v1/" : "v2/";
        String answer = method.equals("config/value/write") ? "ConfigWriteResponse" : "";
        return folder + (answer.isEmpty() ? name.replace("Params", "Response") : answer);
    }

    private static WireSchema schema(String name) throws IOException {
        return WireSchema.read(schemas.resolve(name + ".json"));
    }

    private static List<Class<?>> requestTypes() throws Exception {
        var types = new ArrayList<Class<?>>();
        try (Stream<Path> files = Files.list(compiled())) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName(ClientRequest.class.getPackageName() + "." + name);
                if (type.isRecord() && ClientRequest.class.isAssignableFrom(type)) {
                    types.add(type);
                }
            }
        }
        assertThat(types).hasSizeGreaterThan(25);
        return types;
    }

    private static Path compiled() throws URISyntaxException {
        return Path.of(ClientRequest.class.getResource("ClientRequest.class").toURI()).getParent();
    }
}
