package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Flat;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Retired;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What every agent has unless it says otherwise.
 *
 * @param workspace absent means the state directory's own
 * @param typingInterval absent is what suits the platform: Telegram's sign lasts five seconds
 * @param maxConcurrent turns that may run at the same time, over all sessions
 */
public record AgentDefaults(
        Optional<ModelChoice> model,
        Optional<ModelChoice> imageModel,
        Map<String, ModelSettings> models,
        Optional<Path> workspace,
        Optional<Path> repoRoot,
        boolean skipBootstrap,
        @Default("16") @Range(min = 1, max = 1024) int maxConcurrent,
        @Key("timeoutSeconds") @Default("172800") @Range(min = 1) Duration timeout,
        @Default("20000") @Range(min = 1, max = 10_000_000) int bootstrapMaxChars,
        @Default("60000") @Range(min = 1, max = 10_000_000) int bootstrapTotalMaxChars,
        @Default("'off'") ThinkingLevel thinkingDefault,
        @Default("'off'") VerboseLevel verboseDefault,
        @Default("'on'") ElevatedLevel elevatedDefault,
        @Key("userTimezone") Optional<ZoneId> userZone,
        Optional<TypingMode> typingMode,
        @Key("typingIntervalSeconds") @Range(min = 1, max = 60) Optional<Duration> typingInterval,
        @Flat BlockStreamingConfig blockStreaming,
        HumanDelayConfig humanDelay,
        HeartbeatConfig heartbeat,
        CompactionConfig compaction,
        Optional<ImageGenerationModel> imageGenerationModel,
        Optional<ModelChoice> videoGenerationModel,
        Optional<ModelChoice> pdfModel,
        SandboxConfig sandbox,
        @Retired("set agentRuntime on the model") Optional<RuntimeChoice> agentRuntime) {

    /** What {@code /elevated} starts with. */
    public enum ElevatedLevel {
        OFF,
        ON,
        ASK,
        FULL
    }
}
