package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.KeyMatches;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Retired;
import dev.chela.config.meta.Spelled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code plugins.entries.codex.config}: everything about Codex. */
public record CodexPluginConfig(
        Discovery discovery,
        @Default("'searchable'") ToolsLoading codexDynamicToolsLoading,
        List<String> codexDynamicToolsExclude,
        CodexPlugins codexPlugins,
        ComputerUseConfig computerUse,
        AppServerConfig appServer,
        NativeHookRelay nativeHookRelay,
        @Retired("doctor removes it") Optional<Object> codexDynamicToolsProfile) {

    /** Whether {@code codexDynamicToolsExclude} leaves agents the {@code message} tool. */
    public boolean offersMessageTool() {
        return codexDynamicToolsExclude.stream().noneMatch("message"::equalsIgnoreCase);
    }

    /** Asking the app-server for its models. */
    public record Discovery(
            @Default("true") boolean enabled,
            @Key("timeoutMs") @Default("2500") @Range(min = 1, max = 600_000) Duration timeout) {}

    /** Whether Codex sees a tool at once or has to search for it. */
    public enum ToolsLoading {
        SEARCHABLE,
        DIRECT
    }

    /** Codex's own plugins. */
    public record CodexPlugins(
            boolean enabled,
            @Key("allow_destructive_actions") @Default("true") Destructive allowDestructiveActions,
            @KeyMatches(value = "[^*]+", expected = "a plugin key (not *)")
                    Map<String, CodexPlugin> plugins) {}

    /** One of Codex's plugins. */
    public record CodexPlugin(
            @Default("true") boolean enabled,
            @Default("'openai-curated'") String marketplaceName,
            Optional<String> pluginName,
            @Key("allow_destructive_actions") Optional<Destructive> allowDestructiveActions) {}

    /** What becomes of a plugin call that changes something. */
    public enum Destructive {
        @Spelled("true")
        ALLOW,
        @Spelled("false")
        DENY,
        AUTO,
        ASK
    }

    /** Which of Codex's hook events reach Chela; absent means by policy. */
    public record NativeHookRelay(Optional<List<HookEvent>> events) {}

    /** A hook event of Codex. */
    public enum HookEvent {
        @Spelled("pre_tool_use")
        PRE_TOOL_USE,
        @Spelled("post_tool_use")
        POST_TOOL_USE,
        @Spelled("permission_request")
        PERMISSION_REQUEST,
        @Spelled("before_agent_finalize")
        BEFORE_AGENT_FINALIZE
    }
}
