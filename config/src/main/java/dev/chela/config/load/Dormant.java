package dev.chela.config.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that are accepted and do nothing yet, each with what happens instead. A test holds this
 * list to the program: a key that nobody reads stands here, and one that is read does not. Whoever
 * sets one is told.
 */
public final class Dormant {

    /** What happens instead, and below it the components of records it is said of. */
    private static final String LIST =
            """
            no heartbeat runs:
                AgentConfig.heartbeat AgentDefaults.heartbeat ChannelSettings.heartbeat
            only the agent's model is chosen:
                AgentConfig.models AgentDefaults.models
            the sandbox of plugins.entries.codex.config.appServer holds:
                AgentConfig.sandbox AgentDefaults.sandbox
            the agent has all skills that Codex finds:
                AgentConfig.skills TelegramAccount.Group.skills TelegramAccount.Topic.skills
            sessions begin without verbose output:
                AgentConfig.verboseDefault AgentDefaults.verboseDefault
            an answer is one message, cut only where the platform must:
                BlockStreamingConfig.byDefault BlockStreamingConfig.breakAt
                BlockStreamingConfig.chunk BlockStreamingConfig.coalesce StreamingConfig.block
            workspace files are not put into prompts, Codex reads AGENTS.md itself:
                AgentDefaults.bootstrapMaxChars AgentDefaults.bootstrapTotalMaxChars
            there is no elevated mode, approvals decide:
                AgentDefaults.elevatedDefault
            answers are sent as soon as they are there:
                AgentDefaults.humanDelay
            Codex's own image tool is used if it has one:
                ImageGenerationModel.primary ImageGenerationModel.fallbacks
            the agent's own model looks at images:
                AgentDefaults.imageModel
            a PDF is handed to the agent as a file:
                AgentDefaults.pdfModel
            Codex finds the repository from the workspace:
                AgentDefaults.repoRoot
            workspace files are never made:
                AgentDefaults.skipBootstrap
            no tool makes videos:
                AgentDefaults.videoGenerationModel
            the bot keeps the picture it has on the platform:
                Identity.avatar
            the bot keeps the name it has on the platform:
                Identity.name
            it is not told to the agent:
                Identity.theme TelegramAccount.Group.systemPrompt
                TelegramAccount.Topic.systemPrompt
            agents are shown by their ids:
                AgentConfig.name
            only the primary model is used:
                ModelChoice.fallbacks
            only the turn's own limits hold:
                ModelChoice.timeout
            an audience of Discord matches nobody:
                AccessGroup.channelId AccessGroup.guildId AccessGroup.membership
            a binding with roles matches nobody:
                BindingConfig.Match.roles
            every binding routes to an agent:
                BindingConfig.type
            skills are not shown in the menu:
                ChannelSettings.ChannelCommands.nativeSkills CommandsConfig.nativeSkills
            the message tool may do all it can:
                ChannelSettings.actions
            no chat can write the config:
                ChannelSettings.configWrites
            only ids match, never names:
                ChannelSettings.dangerouslyAllowNameMatching
            Codex keeps the whole thread of a direct chat:
                ChannelSettings.dmHistoryLimit
            it is a note to yourself, shown nowhere:
                ChannelSettings.name
            answers are not sent as replies to a message:
                ChannelSettings.replyToMode
            previews are edited messages:
                StreamingConfig.nativeTransport
            buttons are shown in every chat:
                TelegramAccount.capabilities
            the settings of the account hold in every direct chat:
                TelegramAccount.direct
            messages.groupChat.visibleReplies holds:
                TelegramAccount.Group.visibleReplies
            addresses are tried as Java tries them:
                TelegramAccount.network
            messages are sent as Telegram HTML:
                TelegramAccount.richMessages
            updates are polled:
                TelegramAccount.Webhook.url TelegramAccount.Webhook.secret
                TelegramAccount.Webhook.path TelegramAccount.Webhook.host
                TelegramAccount.Webhook.port
            a message goes out by the account of its chat:
                TelegramConfig.defaultAccount
            Discord is not built yet and its channel does not start:
                ChannelsConfig.discord
            Slack is not built yet and its channel does not start:
                ChannelsConfig.slack
            Codex's own default holds:
                AppServerConfig.experimental
            Codex uses the account it is signed in with, see chela models auth login:
                ChelaConfig.auth
            nothing is written on memory pressure:
                DiagnosticsConfig.memoryPressureSnapshot
            there are no such switches:
                DiagnosticsConfig.flags
            Codex's own provider is used, set others up in config.toml of its CODEX_HOME:
                ChelaConfig.models
            Codex plugins are left as CODEX_HOME has them:
                CodexPluginConfig.codexPlugins
            Computer Use is looked at before each turn, not tried out, watched or mended:
                ComputerUseConfig.liveTestTimeout ComputerUseConfig.toolCallTimeout
                ComputerUseConfig.healthCheckEnabled ComputerUseConfig.healthCheckInterval
                ComputerUseConfig.strictReadiness ComputerUseConfig.autoRepair
            each agent has the plugins of its own CODEX_HOME:
                ComputerUseConfig.pluginCacheMode
            there is no such command:
                CommandsConfig.bash CommandsConfig.config CommandsConfig.debug CommandsConfig.mcp
                CommandsConfig.plugins CommandsConfig.restart
            owners are shown by their ids:
                CommandsConfig.ownerDisplay
            commands typed as text always count:
                CommandsConfig.text
            a changed config takes effect at the next start:
                GatewayConfig.reload
            answers are never spoken:
                MessagesConfig.tts
            no plugin hooks run:
                PluginsConfig.CodexEntry.hooks
            there is no such plugin here:
                PluginsConfig.Entries.others
            only /new and /reset start afresh:
                SessionConfig.resetTriggers
            answers are sent everywhere:
                SessionConfig.sendPolicy
            sessions are in the database of the state directory:
                SessionConfig.store
            /codex bind holds until it is detached:
                SessionConfig.threadBindings
            Codex decides when it compacts a thread:
                CompactionConfig.model CompactionConfig.truncateAfterCompaction
            the transport follows from command or url:
                McpConfig.Server.transport
            every agent has Codex's tools and the message tool but for tools.deny:
                ToolsConfig.allow ToolsConfig.profile
            pictures go to the agent's own model, no tool looks at attachments:
                ToolsConfig.Media.audio ToolsConfig.Media.video ToolsConfig.MediaKind.enabled
                ToolsConfig.MediaKind.maxBytes ToolsConfig.MediaKind.model
            approvalPolicy and sandbox of the app-server decide what runs:
                ToolsConfig.elevated ToolsConfig.Exec.host ToolsConfig.Exec.security
                ToolsConfig.Exec.ask ToolsConfig.Exec.timeout ToolsConfig.Exec.safeBins
                ToolsConfig.Exec.strictInlineEval
            the message tool writes to other chats only for owners:
                ToolsConfig.message
            no tool of ours fetches pages:
                ToolsConfig.Web.fetch
            """;

    private static final Map<String, String> REASONS = read();

    private Dormant() {}

    /** What happens instead, by {@code Record.component}. */
    public static Map<String, String> all() {
        return REASONS;
    }

    static Optional<String> reason(Class<?> record, String component) {
        return Optional.ofNullable(REASONS.get(nameOf(record) + "." + component));
    }

    /** A nested record carries the names of those around it. */
    public static String nameOf(Class<?> record) {
        return record.getName().substring(record.getPackageName().length() + 1).replace('$', '.');
    }

    private static Map<String, String> read() {
        Map<String, String> reasons = new HashMap<>();
        String instead = "";
        for (String line : LIST.lines().toList()) {
            if (line.startsWith(" ")) {
                for (String key : line.strip().split(" ", -1)) {
                    reasons.put(key, instead);
                }
            } else {
                instead = line.substring(0, line.length() - 1);
            }
        }
        return Map.copyOf(reasons);
    }
}
