package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Spelled;
import dev.chela.config.meta.Unit;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * How messages come in and go out, on every channel.
 *
 * @param ackReaction absent means the agent's emoji or eyes; an empty text means none
 */
public record MessagesConfig(
        Optional<VisibleReplies> visibleReplies,
        GroupChatConfig groupChat,
        QueueConfig queue,
        Inbound inbound,
        Optional<String> responsePrefix,
        Optional<String> ackReaction,
        @Default("'group-mentions'") AckReactionScope ackReactionScope,
        boolean removeAckAfterReply,
        TtsConfig tts) {

    /** How long to wait for more of the same sender's text; zero is not at all. */
    public record Inbound(
            @Key("debounceMs") @Range(max = 600_000) Optional<Duration> debounce,
            @Key("byChannel") @Range(max = 600_000) @Unit(ChronoUnit.MILLIS)
                    Map<String, Duration> byChannel) {}

    /** Which messages get the reaction that says "seen". */
    public enum AckReactionScope {
        GROUP_MENTIONS,
        GROUP_ALL,
        DIRECT,
        ALL,
        @Spelled({"off", "none"})
        OFF
    }

    /** Spoken replies. */
    public record TtsConfig(
            @Default("'off'") TtsMode auto,
            boolean enabled,
            Optional<String> provider,
            Optional<String> summaryModel,
            Optional<Integer> maxTextLength,
            @Key("timeoutMs") Optional<Duration> timeout,
            Map<String, Object> providers) {}

    /** When a reply is spoken. */
    public enum TtsMode {
        OFF,
        ALWAYS,
        INBOUND,
        TAGGED
    }
}
