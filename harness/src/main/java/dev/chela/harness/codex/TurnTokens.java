package dev.chela.harness.codex;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.appserver.protocol.TokenUsage;
import java.util.Optional;

/**
 * Counts a turn's tokens. Codex tells a thread's total, also again without a call between; what
 * came new is the difference, and with the first telling it is the last call.
 */
final class TurnTokens {

    private Optional<TokenUsage> told = Optional.empty();

    /** What this telling adds; empty if it is the one before. */
    Optional<TurnEvent> counted(TokenUsage usage) {
        if (told.filter(usage::equals).isPresent()) {
            return Optional.empty();
        }
        TokenUsage.Count before = told.map(TokenUsage::total).orElse(without(usage));
        told = Optional.of(usage);
        TokenUsage.Count total = usage.total();
        Long window = usage.modelContextWindow();
        return Optional.of(
                new TurnEvent.Counted(
                        since(total.inputTokens(), before.inputTokens()),
                        since(total.cachedInputTokens(), before.cachedInputTokens()),
                        since(total.outputTokens(), before.outputTokens()),
                        usage.last().totalTokens(),
                        window == null ? 0 : window));
    }

    private static TokenUsage.Count without(TokenUsage usage) {
        TokenUsage.Count total = usage.total();
        TokenUsage.Count last = usage.last();
        return new TokenUsage.Count(
                since(total.totalTokens(), last.totalTokens()),
                since(total.inputTokens(), last.inputTokens()),
                since(total.cachedInputTokens(), last.cachedInputTokens()),
                since(total.outputTokens(), last.outputTokens()),
                since(total.reasoningOutputTokens(), last.reasoningOutputTokens()));
    }

    private static long since(long now, long before) {
        return Math.max(0, now - before);
    }
}
