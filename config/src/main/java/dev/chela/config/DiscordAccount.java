package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Flat;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.KeyMatches;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Spelled;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Discord bot. */
public record DiscordAccount(
        @Flat ChannelSettings settings,
        Optional<SecretInput> token,
        Optional<String> applicationId,
        Optional<URI> apiRoot,
        Optional<URI> gatewayUrl,
        @KeyMatches(value = "\\d{1,20}|\\*", expected = "a guild id (digits) or *")
                Map<String, Guild> guilds,
        Dm dm,
        Intents intents,
        @Default("17") @Range(min = 1, max = 2000) int maxLinesPerMessage,
        @Default("true") boolean suppressEmbeds,
        ThreadSettings thread,
        ThreadBindingsConfig threadBindings,
        SlashCommand slashCommand,
        @Key("gatewayInfoTimeoutMs") @Default("30000") @Range(min = 1, max = 120_000)
                Duration gatewayInfoTimeout,
        @Key("gatewayReadyTimeoutMs") @Default("60000") @Range(min = 1, max = 600_000)
                Duration gatewayReadyTimeout,
        EventQueue eventQueue,
        Presence presence,
        @Default("'own'") ReactionNotifications reactionNotifications) {

    /** One server. */
    public record Guild(
            Optional<String> slug,
            Optional<Boolean> requireMention,
            Optional<Boolean> ignoreOtherMentions,
            Optional<ReactionNotifications> reactionNotifications,
            Optional<List<String>> users,
            Optional<List<String>> roles,
            Map<String, GuildChannel> channels) {}

    /** One channel of a server; threads inherit it. */
    public record GuildChannel(
            @Key("allow") Optional<Boolean> allowed,
            Optional<Boolean> enabled,
            Optional<Boolean> requireMention,
            Optional<Boolean> ignoreOtherMentions,
            Optional<List<String>> users,
            Optional<List<String>> roles,
            Optional<List<String>> skills,
            Optional<String> systemPrompt,
            Optional<VisibleReplies> visibleReplies,
            Optional<Boolean> autoThread) {}

    /** Private chats. */
    public record Dm(
            @Default("true") boolean enabled, boolean groupEnabled, List<String> groupChannels) {}

    /** Rights that the developer portal must grant too. */
    public record Intents(
            @Default("true") boolean messageContent, boolean presence, boolean guildMembers) {}

    /** Threads. */
    public record ThreadSettings(boolean inheritParent) {}

    /** Answers to native commands. */
    public record SlashCommand(@Default("true") boolean ephemeral) {}

    /** Events that wait for the bot. */
    public record EventQueue(
            @Default("10000") @Range(min = 1, max = 1_000_000) int maxQueueSize,
            @Key("listenerTimeoutMs") @Default("120000") @Range(min = 1, max = 3_600_000)
                    Duration listenerTimeout,
            @Default("50") @Range(min = 1, max = 10_000) int maxConcurrency) {}

    /** What the bot's profile shows. */
    public record Presence(
            @Default("'online'") Status status,
            Optional<String> activity,
            Optional<Integer> activityType,
            Optional<URI> activityUrl) {}

    /** The coloured dot. */
    public enum Status {
        ONLINE,
        @Spelled({"idle", "away"})
        IDLE,
        DND,
        INVISIBLE
    }
}
