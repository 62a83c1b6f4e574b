package dev.chela.bot.wire;

import dev.chela.config.AgentConfig;
import dev.chela.config.ChelaConfig;
import dev.chela.config.ToolNames;
import dev.chela.config.ToolsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which tools {@code tools.deny} keeps from an agent. */
public final class ToolRules {

    /** What the bot itself leaves out where everybody is denied it. */
    private static final Set<String> OWN = Set.of("message");

    private ToolRules() {}

    /**
     * What Codex has to ask about: all that is denied to everybody but the bot's own tools, which
     * are not offered then, and all that is denied to the agent.
     */
    public static ToolNames ofCodex(ChelaConfig config, String agentId) {
        List<String> names = new ArrayList<>(config.tools().deny());
        names.removeIf(name -> OWN.contains(name.strip().toLowerCase(Locale.ROOT)));
        config.agents()
                .agent(agentId)
                .flatMap(AgentConfig::tools)
                .map(ToolsConfig::deny)
                .ifPresent(names::addAll);
        return new ToolNames(names);
    }
}
