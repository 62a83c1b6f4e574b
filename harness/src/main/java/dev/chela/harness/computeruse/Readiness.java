package dev.chela.harness.computeruse;

import java.util.List;
import java.util.Optional;

/**
 * What a look came to.
 *
 * @param marketplace where the plugin is from; foreign
 * @param server the MCP server that was looked for
 * @param tools of that server, by name; foreign
 * @param message for a person, Markdown: what is missing, where, and the next step
 */
public record Readiness(
        Reason reason,
        PluginState plugin,
        Optional<String> marketplace,
        String pluginName,
        String server,
        List<String> tools,
        String message) {

    public Readiness {
        tools = List.copyOf(tools);
    }

    public boolean isReady() {
        return reason == Reason.READY;
    }
}
