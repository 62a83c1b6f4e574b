package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;

/** Builds the model request of a thread as the real server would send it, less its prompts. */
final class ModelBody {

    private ModelBody() {}

    static JsonNode of(ImitatedThread thread) {
        var tools = new DynamicTools(thread.dynamicTools()).direct();
        for (var name : new String[] {"exec_command", "write_stdin", "request_user_input"}) {
            tools.add(Json.object("type", "function", "name", name));
        }
        tools.add(Json.object("type", "custom", "name", "apply_patch"));
        tools.add(Json.object("type", "tool_search"));
        return Json.object(
                "model", thread.setting("model", "gpt-5.5"),
                "tools", tools,
                "input", Json.arrayOf(thread.history()));
    }
}
