package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Spelled;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every channel and account can say; absent values come from the wider section, at last from
 * the reader's own default for the platform.
 *
 * @param allowBots whether other bots are heard
 */
public record ChannelSettings(
        @Default("true") boolean enabled,
        Optional<String> name,
        @Default("'pairing'") DmPolicy dmPolicy,
        List<String> allowFrom,
        @Default("'allowlist'") GroupPolicy groupPolicy,
        Optional<List<String>> groupAllowFrom,
        @Range(max = 10_000) Optional<Integer> historyLimit,
        @Range(max = 10_000) Optional<Integer> dmHistoryLimit,
        @Default("'off'") ReplyToMode replyToMode,
        @Range(min = 100, max = 100_000) Optional<Integer> textChunkLimit,
        @Default("'length'") ChunkMode chunkMode,
        StreamingConfig streaming,
        @Range(min = 1, max = 2048) Optional<Integer> mediaMaxMb,
        Map<String, Boolean> actions,
        Optional<String> ackReaction,
        Optional<String> responsePrefix,
        @Default("'all'") ContextVisibility contextVisibility,
        @Default("false") AllowBots allowBots,
        LoopProtection botLoopProtection,
        @Default("true") boolean configWrites,
        ChannelCommands commands,
        HeartbeatConfig.Visibility heartbeat,
        ExecApprovals execApprovals,
        RetryConfig retry,
        MentionPatterns mentionPatterns,
        boolean dangerouslyAllowNameMatching,
        Optional<URI> proxy) {

    /** Where a long text is cut. */
    public enum ChunkMode {
        LENGTH,
        NEWLINE
    }

    /** What of quotes and history the model sees. */
    public enum ContextVisibility {
        ALL,
        ALLOWLIST,
        @Spelled("allowlist_quote")
        ALLOWLIST_QUOTE
    }

    /** Whether messages of other bots count. */
    public enum AllowBots {
        @Spelled("false")
        NO,
        @Spelled("true")
        YES,
        MENTIONS
    }

    /** When two bots are told apart from a loop. */
    public record LoopProtection(
            @Default("true") boolean enabled,
            @Default("20") @Range(min = 1, max = 10_000) int maxEventsPerWindow,
            @Key("windowSeconds") @Default("60") @Range(min = 1, max = 86_400) Duration window,
            @Key("cooldownSeconds") @Default("60") @Range(min = 1, max = 86_400)
                    Duration cooldown) {}

    /** The platform's own command menu. */
    public record ChannelCommands(
            @Key("native") Optional<AutoSwitch> nativeMenu,
            Optional<AutoSwitch> nativeSkills,
            Optional<Boolean> enforceOwnerForCommands) {}

    /** Who sees prompts for approval here. */
    public record ExecApprovals(
            @Default("'auto'") AutoSwitch enabled,
            List<String> approvers,
            @Default("'dm'") ApprovalTarget target,
            List<String> agentFilter,
            List<String> sessionFilter) {}

    /** Where a prompt goes. */
    public enum ApprovalTarget {
        DM,
        CHANNEL,
        BOTH
    }

    /** How a platform call is tried again; absent bounds are the platform's own. */
    public record RetryConfig(
            @Default("3") @Range(min = 1, max = 20) int attempts,
            @Key("minDelayMs") @Range(max = 600_000) Optional<Duration> minDelay,
            @Key("maxDelayMs") @Default("30000") @Range(max = 3_600_000) Duration maxDelay,
            @Default("0.1") @Range(max = 1) double jitter) {}

    /** In which chats the mention patterns count. */
    public record MentionPatterns(
            @Default("'allow'") PatternMode mode, List<String> allowIn, List<String> denyIn) {}

    /** What holds for chats that are in neither list. */
    public enum PatternMode {
        ALLOW,
        DENY
    }
}
