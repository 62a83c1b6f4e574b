package dev.chela.config;

import dev.chela.config.meta.KeyMatches;
import java.util.List;
import java.util.Map;

/** The whole configuration, one component a section. */
public record ChelaConfig(
        GatewayConfig gateway,
        AgentsConfig agents,
        ModelsConfig models,
        AuthConfig auth,
        PluginsConfig plugins,
        MessagesConfig messages,
        SessionConfig session,
        CommandsConfig commands,
        ApprovalsConfig approvals,
        ToolsConfig tools,
        ChannelsConfig channels,
        @KeyMatches(value = "[\\w.-]{1,64}", expected = "a group name")
                Map<String, AccessGroup> accessGroups,
        List<BindingConfig> bindings,
        DiagnosticsConfig diagnostics,
        LoggingConfig logging,
        SecretsConfig secrets,
        EnvConfig env,
        McpConfig mcp) {

    /** Whether agents get the {@code message} tool. */
    public boolean offersMessageTool() {
        return plugins.codex().offersMessageTool() && !tools.denied().have("message");
    }
}
