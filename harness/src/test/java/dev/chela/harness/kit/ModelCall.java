package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A tool call that the imitated server got from its model. */
sealed interface ModelCall {

    String callId();

    /** The call as the model will see it again. */
    JsonNode historyItem();

    /** The output as the model will see it. */
    ObjectNode output(String text);

    /** A function with JSON arguments. */
    record Function(String callId, Optional<String> namespace, String name, String arguments)
            implements ModelCall {

        @Override
        public JsonNode historyItem() {
            return Json.object(
                    "type", "function_call",
                    "call_id", callId,
                    "name", name,
                    "namespace", namespace.orElse(null),
                    "arguments", arguments);
        }

        @Override
        public ObjectNode output(String text) {
            return Json.object("type", "function_call_output", "call_id", callId, "output", text);
        }
    }

    /** A tool that takes any text. */
    record FreeForm(String callId, String name, String input) implements ModelCall {

        @Override
        public JsonNode historyItem() {
            return Json.object(
                    "type", "custom_tool_call", "call_id", callId, "name", name, "input", input);
        }

        @Override
        public ObjectNode output(String text) {
            return Json.object(
                    "type", "custom_tool_call_output", "call_id", callId, "output", text);
        }
    }

    /** A search among deferred tools. */
    record Search(String callId, String query) implements ModelCall {

        @Override
        public JsonNode historyItem() {
            return Json.object("type", "tool_search_call", "call_id", callId);
        }

        /** {@code text} is the JSON of the tools that were found. */
        @Override
        public ObjectNode output(String text) {
            return Json.object(
                    "type", "tool_search_output", "call_id", callId, "tools", Json.parse(text));
        }
    }
}
