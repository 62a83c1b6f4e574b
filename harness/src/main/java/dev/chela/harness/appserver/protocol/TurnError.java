package dev.chela.harness.appserver.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Why a turn failed.
 *
 * @param message for people; foreign text, never decided on
 */
public record TurnError(
        String message,
        @Nullable CodexErrorInfo codexErrorInfo,
        @Nullable String additionalDetails) {}
