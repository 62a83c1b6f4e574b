package dev.chela.harness.computeruse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.ConfigRead;
import dev.chela.harness.appserver.protocol.ConfigValueWrite;
import dev.chela.harness.appserver.protocol.HooksList;
import dev.chela.harness.appserver.protocol.MarketplaceAdd;
import dev.chela.harness.appserver.protocol.McpServerStatusList;
import dev.chela.harness.appserver.protocol.PluginInstall;
import dev.chela.harness.appserver.protocol.PluginList;
import dev.chela.harness.appserver.protocol.PluginRead;
import dev.chela.harness.appserver.protocol.PluginSummary;
import dev.chela.harness.appserver.protocol.SkillsList;
import dev.chela.harness.kit.Json;
import dev.chela.harness.testing.FakeAppServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The plugins of an app-server of records, as the real one was seen to treat them. */
final class FakePlugins {

    static final String PLUGIN = "computer-use";

    private final Map<String, Stall> stalls = new ConcurrentHashMap<>();
    volatile boolean on = true;
    volatile String availability = "AVAILABLE";
    volatile Map<String, JsonNode> tools = Map.of("list_apps", Json.object());
    volatile @Nullable String toolsError;
    volatile boolean serves = true;

    /** A marketplace; one that is not listed can be read by its path alone. */
    record Stall(
            String name,
            @Nullable String path,
            boolean installed,
            boolean enabled,
            boolean listed) {}

    FakePlugins(FakeAppServer server) {
        server.on(PluginList.class, list -> listed());
        server.on(PluginRead.class, this::read);
        server.on(PluginInstall.class, this::install);
        server.on(MarketplaceAdd.class, add -> new MarketplaceAdd.Result(source(), false));
        server.on(McpServerStatusList.class, status -> status());
        server.on(
                ConfigRead.class,
                read -> new ConfigRead.Result(Json.object("features", Json.object("plugins", on))));
        server.on(
                ConfigValueWrite.class,
                write -> {
                    on = write.value();
                    return new ConfigValueWrite.Result("ok");
                });
        server.on(SkillsList.class, list -> new SkillsList.Result(List.of()));
        server.on(
                HooksList.class,
                list -> {
                    throw new RpcFailedException(
                            "hooks/list", -32600, null, "unknown variant `hooks/list`");
                });
    }

    /** A marketplace with the plugin; without a path it is of OpenAI's catalogue. */
    void sells(String marketplace, @Nullable String path) {
        stalls.put(marketplace, new Stall(marketplace, path, false, false, true));
    }

    void has(String marketplace, boolean enabled) {
        String path = "/m/" + marketplace + ".json";
        stalls.put(marketplace, new Stall(marketplace, path, true, enabled, true));
    }

    /** One that was installed from a file that is on no list. */
    void hasUnlisted(String marketplace, String path) {
        stalls.put(marketplace, new Stall(marketplace, path, true, true, false));
    }

    /** One that can be read by its path alone. */
    void hides(String marketplace, String path) {
        stalls.put(marketplace, new Stall(marketplace, path, false, false, false));
    }

    private String source() {
        sells("added", "/m/added.json");
        return "added";
    }

    private PluginList.Result listed() {
        return new PluginList.Result(
                on
                        ? stalls.values().stream()
                                .filter(Stall::listed)
                                .map(
                                        stall ->
                                                new PluginList.Marketplace(
                                                        stall.name(),
                                                        stall.path(),
                                                        List.of(summary(stall))))
                                .toList()
                        : List.of(),
                List.of());
    }

    private PluginRead.Result read(PluginRead read) {
        Stall stall =
                at(read.marketplacePath(), read.remoteMarketplaceName())
                        .filter(found -> on)
                        .orElseThrow(
                                () ->
                                        new RpcFailedException(
                                                "plugin/read",
                                                -32600,
                                                null,
                                                "marketplace file `%s` does not exist"
                                                        .formatted(read.marketplacePath())));
        return new PluginRead.Result(new PluginRead.Detail(stall.name(), summary(stall)));
    }

    private PluginInstall.Result install(PluginInstall install) {
        if (install.remoteMarketplaceName() != null) {
            throw new RpcFailedException(
                    "plugin/install",
                    -32600,
                    null,
                    "chatgpt authentication required for remote plugin catalog");
        }
        Stall stall = at(install.marketplacePath(), null).orElseThrow();
        stalls.put(stall.name(), new Stall(stall.name(), stall.path(), true, true, stall.listed()));
        return new PluginInstall.Result("ON_INSTALL", List.of());
    }

    private Optional<Stall> at(@Nullable String path, @Nullable String name) {
        return stalls.values().stream()
                .filter(
                        stall ->
                                path == null
                                        ? stall.name().equals(name)
                                        : path.equals(stall.path()))
                .findFirst();
    }

    private McpServerStatusList.Result status() {
        return new McpServerStatusList.Result(
                stalls.values().stream()
                        .filter(stall -> on && serves && stall.installed() && stall.enabled())
                        .limit(1)
                        .map(
                                stall ->
                                        new McpServerStatusList.Status(
                                                PLUGIN,
                                                PLUGIN + "@" + stall.name(),
                                                null,
                                                null,
                                                toolsError,
                                                tools))
                        .toList(),
                null);
    }

    private PluginSummary summary(Stall stall) {
        return new PluginSummary(
                PLUGIN + "@" + stall.name(),
                PLUGIN,
                stall.installed(),
                stall.enabled(),
                "AVAILABLE",
                availability);
    }
}
