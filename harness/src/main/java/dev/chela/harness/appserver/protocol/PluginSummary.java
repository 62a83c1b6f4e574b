package dev.chela.harness.appserver.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A plugin of Codex as a marketplace has it.
 *
 * @param id the name and, behind {@code @}, that of its marketplace
 * @param installPolicy {@code NOT_AVAILABLE} where it cannot be installed
 * @param availability {@code DISABLED_BY_ADMIN} where it may not be used; older servers say nothing
 */
public record PluginSummary(
        String id,
        String name,
        boolean installed,
        boolean enabled,
        String installPolicy,
        @Nullable String availability) {}
