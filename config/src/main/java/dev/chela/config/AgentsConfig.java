package dev.chela.config;

import java.util.List;
import java.util.Optional;

/** Who answers: the agents and what they have in common. */
public record AgentsConfig(AgentDefaults defaults, List<AgentConfig> list) {

    /** The agent of conversations that no binding claims; there always is one. */
    public AgentConfig defaultAgent() {
        return list.stream()
                .filter(AgentConfig::isDefault)
                .findFirst()
                .or(() -> list.stream().findFirst())
                .orElseThrow(() -> new IllegalStateException("no agent; the loader adds main"));
    }

    public Optional<AgentConfig> agent(String id) {
        return list.stream().filter(agent -> agent.id().equals(id)).findFirst();
    }
}
