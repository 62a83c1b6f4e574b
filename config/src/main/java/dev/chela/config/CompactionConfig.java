package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Range;
import java.util.Optional;

/** When a native thread is too large to go on with. */
public record CompactionConfig(
        @Default("20000") @Range(max = 10_000_000) int reserveTokens,
        @Default("20000") @Range(max = 10_000_000) int reserveTokensFloor,
        Optional<Long> maxActiveTranscriptBytes,
        boolean truncateAfterCompaction,
        Optional<String> model) {}
