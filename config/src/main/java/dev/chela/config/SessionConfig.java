package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Retired;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How conversations map to sessions, and when a session starts afresh. */
public record SessionConfig(
        @Default("'per-sender'") Scope scope,
        @Default("'main'") DmScope dmScope,
        Map<String, List<String>> identityLinks,
        ResetConfig reset,
        ResetByType resetByType,
        Map<String, ResetConfig> resetByChannel,
        @Default("['/new', '/reset']") List<String> resetTriggers,
        Optional<Path> store,
        Maintenance maintenance,
        ThreadBindingsConfig threadBindings,
        SendPolicy sendPolicy,
        Optional<TypingMode> typingMode,
        @Retired("the main bucket is always main") Optional<String> mainKey) {

    /** {@code global} puts everybody into one session. */
    public enum Scope {
        PER_SENDER,
        GLOBAL
    }

    /** How direct chats are kept apart. */
    public enum DmScope {
        MAIN,
        PER_PEER,
        PER_CHANNEL_PEER,
        PER_ACCOUNT_CHANNEL_PEER
    }

    /** When a session starts afresh by itself; an absent mode is {@code daily} and implicit. */
    public record ResetConfig(
            Optional<ResetMode> mode,
            @Default("4") @Range(max = 23) int atHour,
            @Range(min = 1) Optional<Integer> idleMinutes) {}

    /** What makes a session roll. */
    public enum ResetMode {
        DAILY,
        IDLE,
        OFF
    }

    /** Other rules for one kind of chat. */
    public record ResetByType(
            @Key("direct") Optional<ResetConfig> direct,
            Optional<ResetConfig> group,
            Optional<ResetConfig> thread) {}

    /** How many old sessions are kept; bytes. */
    public record Maintenance(
            @Default("'enforce'") MaintenanceMode mode,
            @Default("'30d'") Duration pruneAfter,
            @Default("500") @Range(min = 1) int maxEntries,
            Optional<Duration> resetArchiveRetention,
            Optional<Long> maxDiskBytes,
            Optional<Long> highWaterBytes) {}

    /** Whether maintenance acts or only tells. */
    public enum MaintenanceMode {
        ENFORCE,
        WARN
    }

    /** Rules on where replies may go; the first that fits decides. */
    public record SendPolicy(
            @Key("default") @Default("'allow'") Decision byDefault, List<SendRule> rules) {}

    /** One rule: what it fits and what it decides. */
    public record SendRule(Decision action, SendMatch match) {}

    /** All given fields must fit. */
    public record SendMatch(
            Optional<String> channel, Optional<String> chatType, Optional<String> keyPrefix) {}

    /** A rule's answer. */
    public enum Decision {
        ALLOW,
        DENY
    }
}
