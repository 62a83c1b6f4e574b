package dev.chela.harness.binding;

import dev.chela.config.McpConfig;
import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code mcp.servers} as Codex's config has them: those that the agent is to see. One that Codex
 * would not take, or whose secret is not there, is left out with a log line; the others stay.
 *
 * @param set the fingerprint of which servers there are; one whose secret is missing for now counts
 * @param form the fingerprint of the servers as they are written, if there is one: a secret that is
 *     found elsewhere counts with its place, so that a new token does not cost the thread
 */
record McpPatch(Map<String, Object> config, String set, Optional<String> form) {

    /** The fingerprint of the empty set. */
    static final String NO_SERVER = Digest.of(List.of());

    /** Before the name of a server. */
    static final String SERVERS = "mcp_servers.";

    private static final Logger LOG = LoggerFactory.getLogger(McpPatch.class);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Set<String> APPROVALS = Set.of("auto", "prompt", "writes", "approve");

    static McpPatch of(
            McpConfig config, String agentId, Function<SecretInput, Optional<Secret>> secrets) {
        Map<String, Object> written = new LinkedHashMap<>();
        Map<String, Object> patch = new LinkedHashMap<>();
        config.servers()
                .forEach(
                        (name, server) -> {
                            if (isSeen(name, server, agentId)) {
                                written.put(name, form(server, McpPatch::asWritten));
                                resolved(name, server, secrets)
                                        .ifPresent(form -> patch.put(SERVERS + name, form));
                            }
                        });
        return new McpPatch(
                patch,
                Digest.of(List.copyOf(new TreeSet<>(written.keySet()))),
                written.isEmpty() ? Optional.empty() : Optional.of(Digest.of(written)));
    }

    private static boolean isSeen(String name, McpConfig.Server server, String agentId) {
        boolean on = server.enabled().orElse(true);
        boolean named =
                server.codex()
                        .flatMap(McpConfig.CodexScope::agents)
                        .map(agents -> agents.contains(agentId))
                        .orElse(true);
        if (on && named && !NAME.matcher(name).matches()) {
            LOG.warn("mcp server left out: name={} reason=Codex takes letters, digits, _ -", name);
            return false;
        }
        return on && named;
    }

    private static Optional<Map<String, Object>> resolved(
            String name, McpConfig.Server server, Function<SecretInput, Optional<Secret>> secrets) {
        boolean complete =
                server.env().values().stream().allMatch(one -> secrets.apply(one).isPresent())
                        && server.headers().values().stream()
                                .allMatch(one -> secrets.apply(one).isPresent());
        if (!complete) {
            LOG.warn("mcp server left out: name={} reason=a secret of it is not available", name);
            return Optional.empty();
        }
        return Optional.of(
                form(server, input -> secrets.apply(input).map(Secret::reveal).orElse("")));
    }

    private static Map<String, Object> form(
            McpConfig.Server server, Function<SecretInput, String> value) {
        Map<String, Object> form = new LinkedHashMap<>(server.others());
        server.command().ifPresent(command -> form.put("command", command));
        if (!server.args().isEmpty()) {
            form.put("args", server.args());
        }
        values(form, "env", server.env(), value);
        server.cwd().ifPresent(cwd -> form.put("cwd", cwd));
        server.url().ifPresent(url -> form.put("url", url.toString()));
        values(form, "http_headers", server.headers(), value);
        server.codex()
                .flatMap(McpConfig.CodexScope::defaultToolsApprovalMode)
                .filter(APPROVALS::contains)
                .ifPresent(mode -> form.put("default_tools_approval_mode", mode));
        return form;
    }

    private static void values(
            Map<String, Object> form,
            String name,
            Map<String, SecretInput> inputs,
            Function<SecretInput, String> value) {
        if (!inputs.isEmpty()) {
            Map<String, String> values = new LinkedHashMap<>();
            inputs.forEach((key, input) -> values.put(key, value.apply(input)));
            form.put(name, values);
        }
    }

    private static String asWritten(SecretInput input) {
        return switch (input) {
            case SecretInput.Literal(Secret value) -> value.reveal();
            case SecretInput.Ref ref -> ref.toString();
        };
    }
}
