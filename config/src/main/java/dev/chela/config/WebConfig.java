package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Flat;
import dev.chela.config.meta.Range;

/** Chela's own chat page, on the gateway's port. */
public record WebConfig(
        @Flat ChannelSettings settings,
        @Default("'/chat'") String path,
        @Default("200") @Range(min = 1, max = 10_000) int historyMessages,
        @Default("25") @Range(min = 1, max = 1024) int uploadMaxMb) {}
