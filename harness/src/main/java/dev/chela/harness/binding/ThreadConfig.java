package dev.chela.harness.binding;

import dev.chela.config.AgentConfig;
import dev.chela.config.AgentsConfig;
import dev.chela.config.AppServerConfig;
import dev.chela.config.McpConfig;
import dev.chela.config.ToolsConfig;
import java.util.Map;

/** The sections of the config that a thread is begun with. */
public record ThreadConfig(
        AgentsConfig agents, AppServerConfig appServer, McpConfig mcp, ToolsConfig tools) {

    /** What {@code tools.web.search} says for an agent. */
    Map<String, Object> webSearch(String agentId) {
        return agents.agent(agentId).flatMap(AgentConfig::tools).orElse(tools).web().search();
    }
}
