package dev.chela.harness.computeruse;

import dev.chela.harness.appserver.protocol.PluginInstall;
import dev.chela.harness.appserver.protocol.PluginList;
import dev.chela.harness.appserver.protocol.PluginSummary;
import java.util.Optional;

/**
 * The plugin in a marketplace.
 *
 * @param path the marketplace's file; empty for one that only OpenAI's catalogue has
 */
record Found(String marketplace, Optional<String> path, PluginSummary plugin) {

    private static final String BY_ADMIN = "DISABLED_BY_ADMIN";

    static Found of(PluginList.Marketplace in, PluginSummary plugin) {
        return new Found(in.name(), Optional.ofNullable(in.path()), plugin);
    }

    boolean isRemote() {
        return path.isEmpty();
    }

    boolean isForbidden() {
        return BY_ADMIN.equals(plugin.availability());
    }

    boolean isUsable() {
        return plugin.installed() && plugin.enabled();
    }

    PluginState state() {
        if (!plugin.installed()) {
            return PluginState.NOT_INSTALLED;
        }
        return plugin.enabled() ? PluginState.INSTALLED : PluginState.SWITCHED_OFF;
    }

    PluginInstall installation() {
        return new PluginInstall(plugin.name(), path.orElse(null), isRemote() ? marketplace : null);
    }
}
