package dev.chela.harness.computeruse;

import dev.chela.config.ComputerUseConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be there.
 *
 * @param enabled whether it is asked for at all
 * @param autoInstall whether a turn may install it
 * @param discovery how long whoever installs waits for a marketplace to appear
 * @param source what is made known to Codex before an installation that a person asks for
 * @param path the marketplace's file or folder where the app-server runs; no other is looked at
 * @param marketplace its name; no other is taken
 * @param plugin the plugin's name
 * @param server its MCP server's name
 */
public record Wish(
        boolean enabled,
        boolean autoInstall,
        Duration discovery,
        Optional<String> source,
        Optional<String> path,
        Optional<String> marketplace,
        String plugin,
        String server) {

    private static final String USUAL = "computer-use";

    /** Of a config that says nothing. */
    public static Wish none() {
        return new Wish(
                false,
                false,
                Duration.ofMinutes(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                USUAL,
                USUAL);
    }

    public static Wish of(ComputerUseConfig config) {
        return new Wish(
                config.enabled().orElse(false),
                config.autoInstall(),
                config.marketplaceDiscoveryTimeout(),
                config.marketplaceSource(),
                config.marketplacePath(),
                config.marketplaceName(),
                config.pluginName(),
                config.mcpServerName());
    }

    /**
     * The same with what a person named; one who names a place means no other than that, and one
     * who names anything wants it looked at.
     */
    public Wish with(Changes changes) {
        boolean placed =
                changes.source().isPresent()
                        || changes.path().isPresent()
                        || changes.marketplace().isPresent();
        return new Wish(
                enabled || !changes.isEmpty(),
                autoInstall,
                discovery,
                placed ? changes.source() : source,
                placed ? changes.path() : path,
                placed ? changes.marketplace() : marketplace,
                changes.plugin().orElse(plugin),
                changes.server().orElse(server));
    }

    /** The same, asked for whatever the config says. */
    Wish wanted() {
        return new Wish(true, autoInstall, discovery, source, path, marketplace, plugin, server);
    }

    /** The same, whose marketplace turned out to be called so. */
    Wish at(String name) {
        return new Wish(
                enabled, autoInstall, discovery, source, path, Optional.of(name), plugin, server);
    }

    /** What a person named besides the config. */
    public record Changes(
            Optional<String> source,
            Optional<String> path,
            Optional<String> marketplace,
            Optional<String> plugin,
            Optional<String> server) {

        public boolean isEmpty() {
            return source.isEmpty()
                    && path.isEmpty()
                    && marketplace.isEmpty()
                    && plugin.isEmpty()
                    && server.isEmpty();
        }
    }
}
