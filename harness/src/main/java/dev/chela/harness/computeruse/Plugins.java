package dev.chela.harness.computeruse;

import dev.chela.harness.Legible;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.ClientRequest;
import dev.chela.harness.appserver.protocol.ConfigRead;
import dev.chela.harness.appserver.protocol.ConfigValueWrite;
import dev.chela.harness.appserver.protocol.HooksList;
import dev.chela.harness.appserver.protocol.McpServerReload;
import dev.chela.harness.appserver.protocol.PluginList;
import dev.chela.harness.appserver.protocol.SkillsList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of Codex's plugins can be changed. */
final class Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
    private static final int NAME_CHARS_MAX = 80;
    private static final String SWITCH = "features.plugins";

    private final AppServer server;

    Plugins(AppServer server) {
        this.server = server;
    }

    /** Whether Codex's config has them switched off; a server that does not say has them on. */
    boolean areOff() {
        try {
            return server.request(new ConfigRead(false, null))
                    .config()
                    .path("features")
                    .path("plugins")
                    .toString()
                    .equals("false");
        } catch (RpcFailedException e) {
            return false;
        }
    }

    void switchOn() {
        server.request(ConfigValueWrite.of(SWITCH, true));
        LOG.info("codex plugins switched on: key={}", SWITCH);
    }

    /**
     * Installs it, or enables it again, and has Codex look at what it brought (native-plugins
     * §4.4).
     *
     * @throws RpcFailedException if Codex does not install it
     */
    void install(Found found) {
        server.request(found.installation());
        LOG.info(
                "codex plugin installed: plugin={} marketplace={} remote={}",
                Legible.line(found.plugin().name(), NAME_CHARS_MAX),
                Legible.line(found.marketplace(), NAME_CHARS_MAX),
                found.isRemote());
        tolerated(new PluginList(List.of()));
        tolerated(new SkillsList(List.of(), true));
        tolerated(new HooksList(List.of()));
        server.request(new McpServerReload());
    }

    /** What an older server does not know changes nothing about the tools. */
    private void tolerated(ClientRequest<?> request) {
        try {
            server.request(request);
        } catch (RpcFailedException e) {
            LOG.debug("not refreshed: method={}", e.method());
        }
    }
}
