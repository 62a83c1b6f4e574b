package dev.chela.config;

import dev.chela.config.meta.Key;
import dev.chela.config.meta.Matches;
import dev.chela.config.meta.Retired;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One agent; what it leaves open comes from the defaults. */
public record AgentConfig(
        @Matches(
                        value = "[a-z0-9][a-z0-9_-]{0,63}",
                        expected = "an agent id (a-z, 0-9, _ and -, at most 64)")
                String id,
        Optional<String> name,
        @Key("default") boolean isDefault,
        Optional<Path> workspace,
        Optional<ModelChoice> model,
        Map<String, ModelSettings> models,
        Optional<ThinkingLevel> thinkingDefault,
        Optional<VerboseLevel> verboseDefault,
        Optional<HeartbeatConfig> heartbeat,
        Optional<ToolsConfig> tools,
        Optional<GroupChatConfig> groupChat,
        Optional<Identity> identity,
        Optional<SandboxConfig> sandbox,
        List<String> skills,
        @Retired("set agentRuntime on the model") Optional<RuntimeChoice> agentRuntime) {}
