package dev.chela.harness.appserver.protocol;

import org.jspecify.annotations.Nullable;

/**
 * How much of an account's allowance is left.
 *
 * @param rateLimitReachedType set while the account is blocked
 */
public record RateLimits(
        @Nullable String limitId,
        @Nullable String limitName,
        @Nullable String planType,
        @Nullable Window primary,
        @Nullable Window secondary,
        @Nullable String rateLimitReachedType) {

    /**
     * One window of the allowance.
     *
     * @param resetsAt seconds since 1970
     */
    public record Window(
            int usedPercent, @Nullable Long windowDurationMins, @Nullable Long resetsAt) {}
}
