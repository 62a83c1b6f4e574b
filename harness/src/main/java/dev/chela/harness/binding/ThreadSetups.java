package dev.chela.harness.binding;

import dev.chela.config.AppServerConfig;
import dev.chela.config.CompactionConfig;
import dev.chela.config.Live;
import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import dev.chela.harness.tools.Fingerprint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the config makes of a thread that is begun now: the patch of Codex's config in the order of
 * harness §6 (code mode, web search, network proxy, user MCP) and its fingerprints.
 */
public final class ThreadSetups {

    private final Live<ThreadConfig> config;
    private final Function<SecretInput, Optional<Secret>> secrets;

    /**
     * @param secrets finds secrets; empty for one that is not there
     */
    public ThreadSetups(
            Live<ThreadConfig> config, Function<SecretInput, Optional<Secret>> secrets) {
        this.config = config;
        this.secrets = secrets;
    }

    /** The setup of an agent's threads. */
    public ThreadSetup of(String agentId) {
        ThreadConfig now = config.get();
        Map<String, Object> patch = new LinkedHashMap<>();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(Facts.RUNTIME, runtime(now.appServer()));
        if (now.appServer().codeModeOnly()) {
            patch.put("features.code_mode", true);
            patch.put("features.code_mode_only", true);
        }
        Map<String, Object> search = webSearch(now.webSearch(agentId));
        if (!search.isEmpty()) {
            patch.putAll(search);
            facts.put(Facts.WEB_SEARCH, Digest.of(search));
        }
        Optional<NetworkProxyPatch> proxy = NetworkProxyPatch.of(now.appServer());
        proxy.ifPresent(
                rules -> {
                    patch.putAll(rules.config());
                    facts.put(Facts.PROXY_PROFILE, rules.profile());
                    facts.put(Facts.PROXY, rules.fingerprint());
                });
        McpPatch servers = McpPatch.of(now.mcp(), agentId, secrets);
        patch.putAll(servers.config());
        facts.put(Facts.MCP_SET, servers.set());
        servers.form().ifPresent(form -> facts.put(Facts.USER_MCP, form));
        CompactionConfig fuse = now.agents().defaults().compaction();
        return new ThreadSetup(
                patch,
                facts,
                proxy.isPresent(),
                fuse.maxActiveTranscriptBytes().orElse(0L),
                Math.max(fuse.reserveTokens(), fuse.reserveTokensFloor()),
                Optional.empty());
    }

    private static String runtime(AppServerConfig server) {
        if (server.transport() == AppServerConfig.Transport.STDIO) {
            return ThreadSetup.LOCAL;
        }
        return Fingerprint.of(
                List.of(
                        "url " + server.url().map(Object::toString).orElse(""),
                        "root " + server.remoteWorkspaceRoot().orElse("")));
    }

    /** Nothing where the config does not say: then Codex's own default holds. */
    private static Map<String, Object> webSearch(Map<String, Object> search) {
        Map<String, Object> patch = new LinkedHashMap<>();
        if (search.get("enabled") instanceof Boolean on) {
            patch.put("web_search", on ? "live" : "disabled");
        }
        if (search.get("allowedDomains") instanceof List<?> domains && !domains.isEmpty()) {
            TreeSet<String> sorted = new TreeSet<>();
            domains.forEach(domain -> sorted.add(String.valueOf(domain)));
            patch.put("tools.web_search.allowed_domains", new ArrayList<>(sorted));
        }
        return patch;
    }
}
