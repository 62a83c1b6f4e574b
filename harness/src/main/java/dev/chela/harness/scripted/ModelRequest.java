package dev.chela.harness.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What the model was asked, reduced to what a script decides on.
 *
 * @param userText the last user message; empty without one
 * @param calls how many tool calls the model made since that message
 * @param outputs what tools gave back since that message, in order
 * @param offered the tools it may call
 * @param found deferred tools that a search since that message found
 * @param schema the JSON Schema its answer must have
 * @param body the request as it came
 */
public record ModelRequest(
        String userText,
        int calls,
        List<ToolOutput> outputs,
        List<OfferedTool> offered,
        List<OfferedTool> found,
        Optional<JsonNode> schema,
        JsonNode body) {

    public ModelRequest {
        outputs = List.copyOf(outputs);
        offered = List.copyOf(offered);
        found = List.copyOf(found);
    }

    /** Reads the body of a Responses API call. */
    public static ModelRequest of(JsonNode body) {
        return ModelRequestReader.read(body);
    }

    /** Whether a tool of this name is offered, in whatever namespace. */
    public boolean offers(String name) {
        return offered.stream().anyMatch(tool -> tool.name().equals(name));
    }

    /** The last tool output. */
    public Optional<String> lastOutput() {
        return outputs.isEmpty() ? Optional.empty() : Optional.of(outputs.getLast().text());
    }
}
