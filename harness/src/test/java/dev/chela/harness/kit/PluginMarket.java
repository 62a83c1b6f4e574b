package dev.chela.harness.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A marketplace in a folder, with the plugin {@code computer-use} whose MCP server of that name is
 * {@link McpKitServer}.
 */
public final class PluginMarket {

    /** How it calls itself. */
    public static final String NAME = "kitmarket";

    private PluginMarket() {}

    /** Makes one; its file. */
    public static Path in(Path folder) throws IOException {
        return in(folder, McpKitServer.command(folder.resolve("wiped.log")));
    }

    /** Makes one whose MCP server is run by this command line. */
    public static Path in(Path folder, List<String> command) throws IOException {
        var plugin = Files.createDirectories(folder.resolve("plugins").resolve("computer-use"));
        Files.createDirectories(plugin.resolve(".codex-plugin"));
        Files.writeString(
                plugin.resolve(".codex-plugin").resolve("plugin.json"),
                """
                {"name":"computer-use","version":"1.0.0","description":"Looks and wipes",
                 "mcpServers":"./.mcp.json"}
                """);
        var server =
                Json.object(
                        "command",
                        command.getFirst(),
                        "args",
                        command.subList(1, command.size()),
                        "startup_timeout_sec",
                        60);
        Files.writeString(
                plugin.resolve(".mcp.json"),
                Json.object("mcpServers", Json.object("computer-use", server)).toString());
        var file = folder.resolve(".agents").resolve("plugins").resolve("marketplace.json");
        Files.createDirectories(file.getParent());
        return Files.writeString(
                file,
                """
                {"name":"%s","interface":{"displayName":"Kit"},"plugins":[
                 {"name":"computer-use",
                  "source":{"source":"local","path":"./plugins/computer-use"},
                  "policy":{"installation":"AVAILABLE","authentication":"ON_INSTALL"},
                  "category":"Productivity"}]}
                """
                        .formatted(NAME));
    }
}
