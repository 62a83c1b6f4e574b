package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Flat;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Slack app in one workspace. */
public record SlackAccount(
        @Flat ChannelSettings settings,
        Optional<URI> apiRoot,
        @Default("'socket'") Mode mode,
        Optional<SecretInput> botToken,
        Optional<SecretInput> appToken,
        Optional<SecretInput> signingSecret,
        Optional<SecretInput> userToken,
        @Default("true") boolean userTokenReadOnly,
        @Default("'/slack/events'") String webhookPath,
        Map<String, Room> channels,
        Dm dm,
        Map<String, ReplyToMode> replyToModeByChatType,
        ThreadSettings thread,
        ThreadBindingsConfig threadBindings,
        SlashCommand slashCommand,
        Optional<String> typingReaction,
        @Default("false") boolean unfurlLinks,
        Optional<Boolean> unfurlMedia,
        @Default("'own'") ReactionNotifications reactionNotifications,
        List<String> reactionAllowlist) {

    /** How events arrive. */
    public enum Mode {
        SOCKET,
        HTTP
    }

    /** One channel, by its id. */
    public record Room(
            Optional<Boolean> enabled,
            @Key("allow") Optional<Boolean> allowed,
            Optional<Boolean> requireMention,
            Optional<List<String>> users,
            Optional<Boolean> allowBots,
            Optional<List<String>> skills,
            Optional<String> systemPrompt,
            Optional<VisibleReplies> visibleReplies) {}

    /** Private chats. */
    public record Dm(
            @Default("true") boolean enabled,
            boolean groupEnabled,
            List<String> groupChannels,
            Optional<ReplyToMode> replyToMode) {}

    /** Threads. */
    public record ThreadSettings(
            @Default("'thread'") HistoryScope historyScope,
            @Default("20") @Range(max = 1000) int initialHistoryLimit,
            boolean inheritParent,
            boolean requireExplicitMention) {}

    /** Whose earlier talk a thread's session starts with. */
    public enum HistoryScope {
        THREAD,
        CHANNEL
    }

    /** The one slash command of the app. */
    public record SlashCommand(
            boolean enabled,
            @Default("'chela'") String name,
            @Default("'slack:slash'") String sessionPrefix,
            @Default("true") boolean ephemeral) {}
}
