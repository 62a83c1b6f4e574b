package dev.chela.harness.computeruse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.config.ComputerUseConfig;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.ClientRequest;
import dev.chela.harness.appserver.protocol.ConfigValueWrite;
import dev.chela.harness.appserver.protocol.MarketplaceAdd;
import dev.chela.harness.appserver.protocol.McpServerReload;
import dev.chela.harness.appserver.protocol.McpServerStatusList;
import dev.chela.harness.appserver.protocol.PluginInstall;
import dev.chela.harness.appserver.protocol.PluginList;
import dev.chela.harness.kit.Json;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.ManualTimers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is said of Computer Use, and what is done about it. */
class ComputerUseTest {

    private static final CompletableFuture<?> NEVER = new CompletableFuture<>();
    private static final Wish WISH = wish(false, Optional.empty(), Optional.empty());

    private final FakeAppServer server = new FakeAppServer();
    private final FakePlugins plugins = new FakePlugins(server);
    private final ManualTimers timers = new ManualTimers();
    private final ComputerUse computerUse = new ComputerUse(timers, Optional.empty());

    @Test
    void nothingIsAskedWhereItIsNotWished() {
        assertThat(check(Wish.none()).reason()).isEqualTo(Reason.DISABLED);
        assertThat(computerUse.status(server, Wish.none()).reason()).isEqualTo(Reason.DISABLED);

        assertThat(server.all()).isEmpty();
    }

    @Test
    void readyIsWhatHasThePluginAndTools() {
        plugins.has("any", true);

        Readiness found = check(WISH);

        assertThat(found.reason()).isEqualTo(Reason.READY);
        assertThat(found.plugin()).isEqualTo(PluginState.INSTALLED);
        assertThat(found.marketplace()).contains("any");
        assertThat(found.tools()).containsExactly("list_apps");
        assertThat(changes()).as("a look changes nothing").isEmpty();
    }

    @Test
    void withoutAMarketplaceItIsSaidWhereToNameOne() {
        Readiness found = check(WISH);

        assertThat(found.reason()).isEqualTo(Reason.MARKETPLACE_MISSING);
        assertThat(found.message())
                .contains(
                        "`computer-use`",
                        "`plugins.entries.codex.config.computerUse.marketplacePath`",
                        "`/codex computer-use install`");
    }

    @Test
    void aMarketplaceOfAnotherNameDoesNotCount() {
        plugins.has("any", true);

        Readiness found = check(wish(false, Optional.empty(), Optional.of("mine")));

        assertThat(found.reason()).isEqualTo(Reason.MARKETPLACE_MISSING);
        assertThat(found.message()).contains("no marketplace `mine`");
    }

    @Test
    void whatIsNotInstalledIsNotInstalledByALook() {
        plugins.sells("any", "/m/any.json");

        assertThat(check(WISH).reason()).isEqualTo(Reason.PLUGIN_NOT_INSTALLED);
        assertThat(computerUse.status(server, WISH).plugin()).isEqualTo(PluginState.NOT_INSTALLED);
        assertThat(changes()).isEmpty();
    }

    @Test
    void aPluginThatIsSwitchedOffIsNotSwitchedOnByATurn() {
        plugins.has("any", false);

        assertThat(check(auto()).reason()).isEqualTo(Reason.PLUGIN_DISABLED);
        assertThat(changes()).isEmpty();
        assertThat(computerUse.install(server, WISH).reason()).isEqualTo(Reason.READY);
    }

    @Test
    void whatAnAdministratorSwitchedOffStaysOff() {
        plugins.has("any", true);
        plugins.availability = "DISABLED_BY_ADMIN";

        Readiness found = computerUse.install(server, WISH);

        assertThat(found.reason()).isEqualTo(Reason.PLUGIN_DISABLED);
        assertThat(found.message()).contains("administrator");
        assertThat(server.all(PluginInstall.class)).isEmpty();
    }

    @Test
    void whatOnlyTheCatalogueHasWantsASignIn() {
        plugins.sells("openai-curated", null);

        Readiness found = computerUse.install(server, WISH);

        assertThat(found.reason()).isEqualTo(Reason.REMOTE_INSTALL_UNSUPPORTED);
        assertThat(found.message()).contains("chela models auth login");
        assertThat(server.all(PluginInstall.class))
                .containsExactly(new PluginInstall("computer-use", null, "openai-curated"));
    }

    @Test
    void withoutToolsItIsNotReady() {
        plugins.has("any", true);
        plugins.tools = Map.of();
        assertThat(check(WISH).reason()).isEqualTo(Reason.MCP_MISSING);

        plugins.toolsError = "MCP startup failed: no `such` file";
        assertThat(check(WISH).message()).contains("`MCP startup failed: no 'such' file`");

        plugins.serves = false;
        Readiness none = check(WISH);
        assertThat(none.reason()).isEqualTo(Reason.MCP_MISSING);
        assertThat(none.message()).contains("mcpServerName");
    }

    @Test
    void anAppServerThatDoesNotAnswerIsSaidSo() {
        server.silentOn(PluginList.class);

        Readiness found = check(WISH);

        assertThat(found.reason()).isEqualTo(Reason.CHECK_FAILED);
        assertThat(found.message()).contains("plugin/list was not answered");
    }

    @Test
    void anAppServerWithoutPluginsIsSaidSoInFewWords() {
        server.on(
                PluginList.class,
                list -> {
                    throw new RpcFailedException(
                            "plugin/list",
                            -32600,
                            null,
                            "unknown variant `plugin/list`, expected one of `initialize`, `a`");
                });

        Readiness found = check(WISH);

        assertThat(found.reason()).isEqualTo(Reason.CHECK_FAILED);
        assertThat(found.message()).contains("unsupported").doesNotContain("initialize");
    }

    @Test
    void anAppServerThatGoesAwayIsNoAnswer() {
        server.close();

        assertThatThrownBy(() -> check(WISH)).isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    void aTurnInstallsFromWhatIsKnown() {
        plugins.sells("any", "/m/any.json");

        assertThat(check(auto()).reason()).isEqualTo(Reason.READY);
        assertThat(server.all(PluginInstall.class))
                .containsExactly(new PluginInstall("computer-use", "/m/any.json", null));
        assertThat(server.all(McpServerReload.class)).hasSize(1);
    }

    @Test
    void aTurnInstallsFromTheFileThatTheConfigNames() {
        plugins.hides("mine", "/srv/market/.agents/plugins/marketplace.json");

        Wish wish = wish(true, Optional.of("/srv/market"), Optional.empty());

        assertThat(check(wish).reason()).isEqualTo(Reason.READY);
        assertThat(check(wish(false, Optional.of("market"), Optional.empty())).message())
                .contains("no absolute path");
        assertThat(check(wish(false, Optional.of("/none"), Optional.empty())).message())
                .contains("does not exist");
        assertThat(check(wish(false, Optional.of("/srv/market"), Optional.of("x"))).reason())
                .isEqualTo(Reason.MARKETPLACE_MISSING);
    }

    @Test
    void aTurnNeverAddsASource() {
        assertThat(check(fromSource(true)).reason()).isEqualTo(Reason.AUTO_INSTALL_BLOCKED);
        plugins.sells("any", "/m/any.json");
        assertThat(check(fromSource(true)).reason())
                .as("nothing says that it is from there")
                .isEqualTo(Reason.AUTO_INSTALL_BLOCKED);
        assertThat(changes()).isEmpty();
        assertThat(timers.armed()).as("nothing to wait for").isZero();

        assertThat(computerUse.install(server, fromSource(false)).marketplace()).contains("added");
        assertThat(server.all(MarketplaceAdd.class))
                .containsExactly(new MarketplaceAdd("owner/repo"));
        assertThat(check(fromSource(true)).reason()).isEqualTo(Reason.READY);
    }

    @Test
    void aSourceThatCodexDoesNotTakeIsSaidSo() {
        server.on(
                MarketplaceAdd.class,
                add -> {
                    throw new RpcFailedException(
                            add.method(), -32603, null, "git clone https://ann:pw@host/r failed");
                });

        Readiness found = computerUse.install(server, fromSource(false));

        assertThat(found.reason()).isEqualTo(Reason.MARKETPLACE_MISSING);
        assertThat(found.message()).contains("git clone https://***@host/r failed");
    }

    @Test
    void installingSwitchesPluginsOn() {
        plugins.sells("any", "/m/any.json");
        plugins.on = false;

        assertThat(check(auto()).message()).contains("`features.plugins`");
        assertThat(changes()).isEmpty();

        assertThat(computerUse.install(server, WISH).reason()).isEqualTo(Reason.READY);
        assertThat(server.all(ConfigValueWrite.class))
                .containsExactly(ConfigValueWrite.of("features.plugins", true));
    }

    @Test
    void whatWasInstalledFromAFileThatIsOnNoListIsThere() {
        plugins.hasUnlisted("mine", "/m/mine.json");

        assertThat(check(auto()).reason()).isEqualTo(Reason.READY);
        assertThat(check(WISH).marketplace()).contains("mine");
        assertThat(check(wish(false, Optional.empty(), Optional.of("other"))).reason())
                .isEqualTo(Reason.MARKETPLACE_MISSING);
    }

    @Test
    void theConnectionOfALoadedThreadIsLookedAtAndStartedAgain() {
        plugins.has("any", true);
        ThreadId thread = new ThreadId("t-1");
        server.on(McpServerStatusList.class, this::brokenUntilReloaded);

        Optional<Readiness> found = computerUse.check(server, WISH, Optional.of(thread), NEVER);

        assertThat(found.orElseThrow().reason()).isEqualTo(Reason.READY);
        assertThat(server.all(McpServerStatusList.class))
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.threadId()).isEqualTo(thread));
    }

    private Object brokenUntilReloaded(McpServerStatusList asked) {
        boolean reloaded = !server.all(McpServerReload.class).isEmpty();
        return status(reloaded ? "connected" : "failed");
    }

    private static McpServerStatusList.Result status(String running) {
        Map<String, JsonNode> tools = Map.of("list_apps", Json.object());
        return new McpServerStatusList.Result(
                List.of(
                        new McpServerStatusList.Status(
                                "computer-use", null, null, running, null, tools)),
                null);
    }

    @Test
    void aThreadThatTheServerHasForgottenIsNotAskedAbout() {
        plugins.has("any", true);
        server.on(
                McpServerStatusList.class,
                asked -> {
                    if (asked.threadId() != null) {
                        throw new RpcFailedException(
                                asked.method(), -32600, null, "thread not found: t-1");
                    }
                    return status("connected");
                });

        assertThat(
                        computerUse
                                .check(server, WISH, Optional.of(new ThreadId("t-1")), NEVER)
                                .orElseThrow()
                                .isReady())
                .isTrue();
    }

    @Test
    void theDesktopAppsMarketplaceIsTakenWhereItIs() {
        String file = "/Applications/Codex.app/Contents/Resources/plugins/openai-bundled/";
        file += ".agents/plugins/marketplace.json";
        assertThat(Bundled.of("Linux", any -> true)).isEmpty();
        assertThat(Bundled.of("Mac OS X", any -> false)).isEmpty();
        assertThat(Bundled.of("Mac OS X", Path.of(file)::equals)).contains(file);

        plugins.sells("openai-curated", "/m/openai-curated.json");
        plugins.hides("openai-bundled", file);
        var onMac = new ComputerUse(timers, Optional.of(file));

        assertThat(onMac.check(server, auto(), Optional.empty(), NEVER).orElseThrow().marketplace())
                .contains("openai-bundled");
        assertThat(server.all(MarketplaceAdd.class)).isEmpty();
    }

    @Test
    void theConfigIsWhatIsWishedAndAPersonMayNameSomethingElse() {
        Wish configured = wish(false, Optional.of("/m"), Optional.of("mine"));
        Wish.Changes named =
                new Wish.Changes(
                        Optional.of("o/r"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("other"));

        Wish changed = configured.with(named);

        assertThat(changed.source()).contains("o/r");
        assertThat(changed.path()).isEmpty();
        assertThat(changed.marketplace()).isEmpty();
        assertThat(changed.plugin()).isEqualTo("computer-use");
        assertThat(changed.server()).isEqualTo("other");
        assertThat(Wish.none().with(named).enabled()).isTrue();
    }

    private Readiness check(Wish wish) {
        return computerUse.check(server, wish, Optional.empty(), NEVER).orElseThrow();
    }

    private List<ClientRequest<?>> changes() {
        return server.all().stream()
                .filter(
                        one ->
                                one instanceof PluginInstall
                                        || one instanceof MarketplaceAdd
                                        || one instanceof ConfigValueWrite)
                .toList();
    }

    private static Wish auto() {
        return wish(true, Optional.empty(), Optional.empty());
    }

    private static Wish fromSource(boolean auto) {
        return config(auto, Optional.of("owner/repo"), Optional.empty(), Optional.empty());
    }

    private static Wish wish(boolean auto, Optional<String> path, Optional<String> marketplace) {
        return config(auto, Optional.empty(), path, marketplace);
    }

    private static Wish config(
            boolean auto,
            Optional<String> source,
            Optional<String> path,
            Optional<String> marketplace) {
        return Wish.of(
                new ComputerUseConfig(
                        Optional.of(true),
                        auto,
                        Duration.ofMinutes(1),
                        source,
                        path,
                        marketplace,
                        "computer-use",
                        "computer-use",
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        false,
                        Duration.ofHours(1),
                        ComputerUseConfig.CacheMode.INDEPENDENT,
                        false,
                        false));
    }
}
