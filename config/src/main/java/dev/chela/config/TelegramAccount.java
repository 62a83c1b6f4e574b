package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Flat;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Matches;
import dev.chela.config.meta.NonEmpty;
import dev.chela.config.meta.Prefixed;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Spelled;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Telegram bot. */
public record TelegramAccount(
        @Flat ChannelSettings settings,
        Optional<SecretInput> botToken,
        Optional<Path> tokenFile,
        Map<String, Group> groups,
        Map<String, Direct> direct,
        Webhook webhook,
        @Key("pollingStallThresholdMs") @Default("120000") @Range(min = 30_000, max = 600_000)
                Duration pollingStallThreshold,
        @Key("mediaGroupFlushMs") @Default("500") @Range(min = 10, max = 60_000)
                Duration mediaGroupFlush,
        @Default("'https://api.telegram.org'") URI apiRoot,
        @Default("true") boolean linkPreview,
        boolean richMessages,
        List<CustomCommand> customCommands,
        Capabilities capabilities,
        @Default("'own'") ReactionNotifications reactionNotifications,
        Network network,
        @Key("timeoutSeconds") @Range(min = 1, max = 600) Optional<Duration> timeout,
        @Default("'recent'") GroupHistory includeGroupHistoryContext) {

    /** Updates pushed by Telegram instead of polled; used if a URL is given. */
    @Prefixed("webhook")
    public record Webhook(
            Optional<URI> url,
            Optional<SecretInput> secret,
            @Default("'/telegram-webhook'") String path,
            @Default("'127.0.0.1'") String host,
            @Default("8787") @Range(min = 0, max = 65_535) int port) {}

    /** One group, or {@code *} for all. */
    public record Group(
            Optional<Boolean> enabled,
            Optional<Boolean> requireMention,
            Optional<GroupPolicy> groupPolicy,
            Optional<List<String>> allowFrom,
            Optional<List<String>> skills,
            Optional<String> systemPrompt,
            Optional<VisibleReplies> visibleReplies,
            Map<String, Topic> topics) {}

    /** One topic of a forum; what it leaves open comes from its group. */
    public record Topic(
            Optional<Boolean> enabled,
            Optional<Boolean> requireMention,
            Optional<GroupPolicy> groupPolicy,
            Optional<List<String>> allowFrom,
            Optional<List<String>> skills,
            Optional<String> systemPrompt,
            Optional<String> agentId) {}

    /** One direct chat. */
    public record Direct(
            Optional<Boolean> enabled,
            Optional<DmPolicy> dmPolicy,
            Optional<List<String>> allowFrom,
            Optional<List<String>> skills,
            Optional<String> systemPrompt,
            Map<String, Topic> topics) {}

    /** An entry of the bot's menu that is not a Chela command. */
    public record CustomCommand(
            @Matches(value = "[a-z0-9_]{1,32}", expected = "a command (a-z, 0-9 and _, at most 32)")
                    String command,
            @NonEmpty String description) {}

    /** What the chats can show. */
    public record Capabilities(@Default("'allowlist'") InlineButtons inlineButtons) {}

    /** Where buttons are shown. */
    public enum InlineButtons {
        OFF,
        DM,
        GROUP,
        ALL,
        ALLOWLIST
    }

    /** How much of a group's earlier talk a turn gets. */
    public enum GroupHistory {
        @Spelled({"off", "none", "false"})
        OFF,
        RECENT,
        MENTIONED
    }

    /** How Telegram is reached. */
    public record Network(
            Optional<Boolean> autoSelectFamily, @Default("'verbatim'") DnsOrder dnsResultOrder) {}

    /** Which address of a host is tried first. */
    public enum DnsOrder {
        VERBATIM,
        @Spelled("ipv4first")
        IPV4_FIRST
    }
}
