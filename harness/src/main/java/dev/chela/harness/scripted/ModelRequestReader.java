package dev.chela.harness.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the body of a Responses API call; members it does not know are passed over. */
final class ModelRequestReader {

    private ModelRequestReader() {}

    static ModelRequest read(JsonNode body) {
        var lastUser = "";
        var calls = 0;
        var outputs = new ArrayList<ToolOutput>();
        var found = new ArrayList<OfferedTool>();
        var offered = new ArrayList<>(tools(body.path("tools")));
        for (var item : body.path("input")) {
            switch (item.path("type").asText("message")) {
                case "message" -> {
                    if (item.path("role").asText().equals("user")) {
                        lastUser = text(item.path("content"));
                        calls = 0;
                        outputs.clear();
                        found.clear();
                    }
                }
                case "function_call", "custom_tool_call", "tool_search_call" -> calls++;
                case "function_call_output", "custom_tool_call_output" ->
                        outputs.add(
                                new ToolOutput(
                                        item.path("call_id").asText(), text(item.path("output"))));
                case "tool_search_output" -> {
                    found.addAll(tools(item.path("tools")));
                    outputs.add(
                            new ToolOutput(
                                    item.path("call_id").asText(), item.path("tools").toString()));
                }
                case "additional_tools" -> offered.addAll(tools(item.path("tools")));
                default -> {}
            }
        }
        return new ModelRequest(lastUser, calls, outputs, offered, found, schema(body), body);
    }

    private static Optional<JsonNode> schema(JsonNode body) {
        var schema = body.path("text").path("format").path("schema");
        return schema.isObject() ? Optional.of(schema) : Optional.empty();
    }

    private static List<OfferedTool> tools(JsonNode list) {
        var tools = new ArrayList<OfferedTool>();
        for (var tool : list) {
            if (tool.path("type").asText().equals("namespace")) {
                var namespace = Optional.of(tool.path("name").asText());
                tool.path("tools").forEach(inner -> tools.add(tool(namespace, inner)));
            } else {
                tools.add(tool(Optional.empty(), tool));
            }
        }
        return tools;
    }

    private static OfferedTool tool(Optional<String> namespace, JsonNode tool) {
        var name = tool.path("name").asText(tool.path("type").asText());
        return new OfferedTool(namespace, name, tool.path("parameters"));
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        if (content.isObject()) {
            return text(content.path("content"));
        }
        var texts = new ArrayList<String>();
        for (var part : content) {
            if (part.path("text").isTextual()) {
                texts.add(part.path("text").asText());
            }
        }
        return String.join("\n", texts);
    }
}
