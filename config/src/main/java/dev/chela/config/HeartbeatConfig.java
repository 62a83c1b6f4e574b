package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import java.time.Duration;
import java.util.Optional;

/**
 * When an agent looks after things by itself, and who hears of it.
 *
 * @param every zero turns beats off
 */
public record HeartbeatConfig(
        @Default("'30m'") Duration every,
        Optional<ActiveHours> activeHours,
        Optional<String> model,
        Optional<String> session,
        @Default("'none'") String target,
        Optional<String> to,
        Optional<String> accountId,
        @Default("'allow'") DirectPolicy directPolicy,
        Optional<String> prompt,
        @Default("300") @Range(max = 100_000) int ackMaxChars,
        boolean isolatedSession,
        boolean lightContext,
        boolean skipWhenBusy,
        boolean includeReasoning,
        boolean suppressToolErrorWarnings,
        @Key("timeoutSeconds") @Range(min = 1) Optional<Duration> timeout,
        boolean keepAlive,
        @Key("idleStopDays") @Default("7") @Range(min = 1, max = 3650) Duration idleStop) {

    /** Whether a beat may speak in a direct chat. */
    public enum DirectPolicy {
        ALLOW,
        BLOCK
    }

    /** A daily window; the start is inside it, the end is not; it may cross midnight. */
    public record ActiveHours(
            Optional<String> start, Optional<String> end, @Key("timezone") Optional<String> zone) {}

    /** What a channel shows of a beat; all three off means the beat is not run. */
    public record Visibility(
            boolean showOk,
            @Default("true") boolean showAlerts,
            @Default("true") boolean useIndicator) {}
}
