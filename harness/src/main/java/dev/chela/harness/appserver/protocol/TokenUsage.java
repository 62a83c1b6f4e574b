package dev.chela.harness.appserver.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a thread has used.
 *
 * @param total since the thread began
 * @param last in the last model call; its input is what fills the window now
 */
public record TokenUsage(Count total, Count last, @Nullable Long modelContextWindow) {

    /** Tokens by kind. */
    public record Count(
            long totalTokens,
            long inputTokens,
            long cachedInputTokens,
            long outputTokens,
            long reasoningOutputTokens) {}
}
