package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.chela.harness.InputKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import java.io.IOException;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Teaches the JSON mapper our ids and the wire's unions. */
final class WireModule {

    private final Unknowns unknowns;
    private final SimpleModule module = new SimpleModule("app-server");

    private WireModule(Unknowns unknowns) {
        this.unknowns = unknowns;
    }

    static SimpleModule of(Unknowns unknowns) {
        var wire = new WireModule(unknowns);
        wire.id(ThreadId.class, ThreadId::new, ThreadId::value);
        wire.id(TurnId.class, TurnId::new, TurnId::value);
        wire.id(InputKey.class, InputKey::new, InputKey::value);
        wire.items();
        wire.smallUnions();
        return wire.module;
    }

    private void items() {
        union(
                ThreadItem.class,
                "item type",
                Map.ofEntries(
                        Map.entry("userMessage", ThreadItem.UserMessage.class),
                        Map.entry("hookPrompt", ThreadItem.HookPrompt.class),
                        Map.entry("agentMessage", ThreadItem.AgentMessage.class),
                        Map.entry("plan", ThreadItem.Plan.class),
                        Map.entry("reasoning", ThreadItem.Reasoning.class),
                        Map.entry("commandExecution", ThreadItem.CommandExecution.class),
                        Map.entry("fileChange", ThreadItem.FileChange.class),
                        Map.entry("dynamicToolCall", ThreadItem.DynamicToolCall.class),
                        Map.entry("mcpToolCall", ThreadItem.McpToolCall.class),
                        Map.entry("webSearch", ThreadItem.WebSearch.class),
                        Map.entry("imageView", ThreadItem.ImageView.class),
                        Map.entry("imageGeneration", ThreadItem.ImageGeneration.class),
                        Map.entry("collabAgentToolCall", ThreadItem.CollabAgentToolCall.class),
                        Map.entry("enteredReviewMode", ThreadItem.EnteredReviewMode.class),
                        Map.entry("exitedReviewMode", ThreadItem.ExitedReviewMode.class),
                        Map.entry("contextCompaction", ThreadItem.ContextCompaction.class)),
                (type, raw) -> new ThreadItem.Unknown(raw.path("id").asText(""), type, raw));
    }

    private void smallUnions() {
        union(
                UserInput.class,
                "input type",
                Map.of(
                        "text", UserInput.Text.class,
                        "image", UserInput.Image.class,
                        "localImage", UserInput.LocalImage.class),
                UserInput.Unknown::new);
        union(
                ToolContent.class,
                "tool content type",
                Map.of("inputText", ToolContent.Text.class, "inputImage", ToolContent.Image.class),
                ToolContent.Unknown::new);
        union(
                ThreadStatus.class,
                "thread status",
                Map.of(
                        "notLoaded", ThreadStatus.NotLoaded.class,
                        "idle", ThreadStatus.Idle.class,
                        "systemError", ThreadStatus.SystemError.class,
                        "active", ThreadStatus.Active.class),
                ThreadStatus.Unknown::new);
        union(
                SandboxPolicy.class,
                "sandbox policy",
                Map.of(
                        "dangerFullAccess", SandboxPolicy.DangerFullAccess.class,
                        "readOnly", SandboxPolicy.ReadOnly.class,
                        "workspaceWrite", SandboxPolicy.WorkspaceWrite.class),
                SandboxPolicy.Unknown::new);
        union(
                Account.class,
                "account type",
                Map.of("apiKey", Account.ApiKey.class, "chatgpt", Account.Chatgpt.class),
                Account.Unknown::new);
        union(
                LoginStart.Result.class,
                "login answer",
                Map.of(
                        "apiKey", LoginStart.Result.Accepted.class,
                        "chatgptAuthTokens", LoginStart.Result.Accepted.class,
                        "chatgpt", LoginStart.Result.Browser.class,
                        "chatgptDeviceCode", LoginStart.Result.Code.class),
                LoginStart.Result.Unknown::new);
    }

    private <T> void union(
            Class<T> type,
            String kind,
            Map<String, Class<? extends T>> types,
            BiFunction<String, JsonNode, T> unknown) {
        module.addDeserializer(type, new OpenUnion<>(kind, types, unknown, unknowns));
    }

    private <T> void id(Class<T> type, Function<String, T> read, Function<T, String> write) {
        module.addDeserializer(
                type,
                new JsonDeserializer<T>() {
                    @Override
                    public T deserialize(JsonParser parser, DeserializationContext context)
                            throws IOException {
                        if (parser.currentToken() != JsonToken.VALUE_STRING) {
                            context.reportInputMismatch(type, "an id must be a string");
                        }
                        return read.apply(parser.getText());
                    }
                });
        module.addSerializer(
                type,
                new JsonSerializer<T>() {
                    @Override
                    public void serialize(
                            T value, JsonGenerator generator, SerializerProvider provider)
                            throws IOException {
                        generator.writeString(write.apply(value));
                    }
                });
    }
}
