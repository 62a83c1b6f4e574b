package dev.chela.harness.tools;

import dev.chela.harness.ToolCall;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How long tools may take. A call's own positive {@code timeoutMs} goes first, then its tool's
 * time, then the general one; never above ten minutes.
 *
 * @param general for tools without a time of their own
 * @param byTool per tool name
 */
public record ToolLimits(Duration general, Map<String, Duration> byTool) {

    private static final Duration CAP = Duration.ofMinutes(10);
    private static final Duration IMAGE_GENERATE = Duration.ofSeconds(120);
    private static final Duration IMAGE = Duration.ofSeconds(60);

    public ToolLimits {
        byTool = Map.copyOf(byTool);
    }

    /** The limits of a config that says nothing. */
    public static ToolLimits defaults() {
        return of(Optional.empty(), IMAGE);
    }

    /**
     * @param making of {@code image_generate}; empty is two minutes
     * @param looking of {@code image}
     */
    public static ToolLimits of(Optional<Duration> making, Duration looking) {
        return new ToolLimits(
                Duration.ofSeconds(90),
                Map.of(
                        "message", Duration.ofSeconds(120),
                        "image_generate", making.orElse(IMAGE_GENERATE),
                        "image", looking));
    }

    Duration of(String tool, ToolCall call) {
        Duration limit =
                call.arguments().get("timeoutMs") instanceof Number asked && asked.longValue() > 0
                        ? Duration.ofMillis(asked.longValue())
                        : byTool.getOrDefault(tool, general);
        return limit.compareTo(CAP) > 0 ? CAP : limit;
    }
}
