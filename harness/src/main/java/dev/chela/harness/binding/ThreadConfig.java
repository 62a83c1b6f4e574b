package dev.chela.harness.binding;

import dev.chela.config.AgentConfig;
import dev.chela.config.AgentsConfig;
import dev.chela.config.AppServerConfig;
import dev.chela.config.McpConfig;
import dev.chela.config.ToolNames;
import dev.chela.config.ToolsConfig;
import java.util.Map;
import java.util.Optional;

/** The sections of the config that a thread is begun with. */
public record ThreadConfig(
        AgentsConfig agents, AppServerConfig appServer, McpConfig mcp, ToolsConfig tools) {

    /**
     * What {@code tools.web.search} says for an agent. A search is the model server's: there is no
     * hook before it, so {@code tools.deny} switches it off.
     */
    Map<String, Object> webSearch(String agentId) {
        Optional<ToolsConfig> own = agents.agent(agentId).flatMap(AgentConfig::tools);
        return ToolNames.ofCodex(tools, own).have("web_search")
                ? Map.of("enabled", false)
                : own.orElse(tools).web().search();
    }
}
