package dev.chela.harness.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.ChelaConfig;
import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import dev.chela.config.testing.TestConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ThreadSetupsTest {

    private static final String SERVERS =
            """
            mcp: { servers: {
                docs: { command: "docs-mcp", args: ["--fast", "x"], env: { TOKEN: {
                    source: "env", provider: "default", id: "DOCS_TOKEN" }, MODE: "ro" },
                    codex: { defaultToolsApprovalMode: "approve" } },
                web: { url: "https://mcp.example.org/", headers: { "X-A": "b" },
                    transport: "streamable-http" },
                off: { command: "no", enabled: false },
                theirs: { command: "no", codex: { agents: ["other"] } },
                "not.allowed": { command: "no" } } }
            """;

    private Function<SecretInput, Optional<Secret>> secrets =
            input ->
                    switch (input) {
                        case SecretInput.Literal(Secret value) -> Optional.of(value);
                        case SecretInput.Ref ref -> Optional.of(Secret.of("found"));
                    };

    @Test
    void aConfigThatSaysNothingPatchesNothing() {
        assertThat(setup("{}")).isEqualTo(ThreadSetup.none());
    }

    @Test
    void aSearchThatIsDeniedIsSwitchedOff() {
        String search = "web: { search: { enabled: true, allowedDomains: ['a.org'] } }";
        assertThat(setup("{ tools: { deny: ['Web_Search'], %s } }".formatted(search)).config())
                .isEqualTo(Map.of("web_search", "disabled"));
        assertThat(setup("{ tools: { deny: ['exec'] } }")).isEqualTo(ThreadSetup.none());
    }

    @Test
    void patchesStandInTheirOrder() {
        ThreadSetup setup =
                setup(
                        "{ plugins: { entries: { codex: { config: { appServer: {"
                                + " codeModeOnly: true, networkProxy: { enabled: true } } } } } },"
                                + " tools: { web: { search: { enabled: true,"
                                + " allowedDomains: [\"b.org\", \"a.org\"] } } }, "
                                + SERVERS
                                + "}");

        assertThat(setup.config().keySet())
                .containsExactly(
                        "features.code_mode",
                        "features.code_mode_only",
                        "web_search",
                        "tools.web_search.allowed_domains",
                        "features.network_proxy.enabled",
                        "default_permissions",
                        "permissions",
                        "mcp_servers.docs",
                        "mcp_servers.web");
        assertThat(setup.config())
                .containsEntry("tools.web_search.allowed_domains", List.of("a.org", "b.org"));
        assertThat(setup.ownPermissions()).isTrue();
        assertThat(setup.facts())
                .containsOnlyKeys(
                        Facts.RUNTIME,
                        Facts.WEB_SEARCH,
                        Facts.PROXY,
                        Facts.PROXY_PROFILE,
                        Facts.MCP_SET,
                        Facts.USER_MCP);
    }

    @Test
    void anMcpServerIsSentInCodexsFormWithItsSecrets() {
        ThreadSetup setup = setup("{ " + SERVERS + "}");

        assertThat(setup.config().get("mcp_servers.docs"))
                .isEqualTo(
                        Map.of(
                                "command",
                                "docs-mcp",
                                "args",
                                List.of("--fast", "x"),
                                "env",
                                Map.of("TOKEN", "found", "MODE", "ro"),
                                "default_tools_approval_mode",
                                "approve"));
        assertThat(setup.config().get("mcp_servers.web"))
                .isEqualTo(
                        Map.of(
                                "url",
                                "https://mcp.example.org/",
                                "http_headers",
                                Map.of("X-A", "b")));
    }

    @Test
    void aServerWithoutItsSecretIsLeftOutAndTheFingerprintStays() {
        Map<String, String> before = setup("{ " + SERVERS + "}").facts();
        secrets =
                input ->
                        input instanceof SecretInput.Literal(Secret value)
                                ? Optional.of(value)
                                : Optional.empty();

        ThreadSetup setup = setup("{ " + SERVERS + "}");

        assertThat(setup.config()).containsOnlyKeys("mcp_servers.web");
        assertThat(setup.facts())
                .containsEntry(Facts.USER_MCP, before.get(Facts.USER_MCP))
                .containsEntry(Facts.MCP_SET, before.get(Facts.MCP_SET));
    }

    @Test
    void theSetOfMcpServersIsTheirNamesAndItIsThereWithoutAny() {
        String one =
                "{ mcp: { servers: { a: { command: \"%s\" }, b: { url: \"https://x.org\" } } } }";

        String set = setup(one.formatted("x")).facts().get(Facts.MCP_SET);

        assertThat(setup(one.formatted("y")).facts()).containsEntry(Facts.MCP_SET, set);
        assertThat(setup("{}").facts().get(Facts.MCP_SET)).startsWith("sha256:").isNotEqualTo(set);
        assertThat(setup("{}").facts()).doesNotContainKey(Facts.USER_MCP);
    }

    @Test
    void theOrderOfKeysChangesNoFingerprintAndAValueDoes() {
        String one =
                "{ mcp: { servers: { a: { command: \"x\", cwd: \"/w\" }, b: { url: \"%s\" } } } }";
        String other =
                "{ mcp: { servers: { b: { url: \"%s\" }, a: { cwd: \"/w\", command: \"x\" } } } }";

        String first = setup(one.formatted("https://x.org")).facts().get(Facts.USER_MCP);

        assertThat(first).startsWith("sha256:");
        assertThat(setup(other.formatted("https://x.org")).facts())
                .containsEntry(Facts.USER_MCP, first);
        assertThat(setup(one.formatted("https://y.org")).facts().get(Facts.USER_MCP))
                .isNotEqualTo(first);
    }

    @Test
    void aNetworkProxyBecomesAPermissionProfile() {
        ThreadSetup setup =
                setup(
                        """
                        { plugins: { entries: { codex: { config: { appServer: {
                            sandbox: "read-only",
                            networkProxy: { enabled: true, mode: "limited",
                                domains: { "example.org": "allow", "evil.org": "deny" },
                                unixSockets: { "/run/x.sock": "allow" },
                                enableSocks5: false } } } } } } }
                        """);

        String profile = setup.facts().get(Facts.PROXY_PROFILE);
        assertThat(profile).matches("chela-network-[0-9a-f]{16}");
        assertThat(setup.config())
                .containsEntry("default_permissions", profile)
                .containsEntry(
                        "permissions",
                        Map.of(
                                profile,
                                Map.of(
                                        "extends",
                                        ":read-only",
                                        "network",
                                        Map.of(
                                                "enabled",
                                                true,
                                                "mode",
                                                "limited",
                                                "domains",
                                                Map.of(
                                                        "example.org", "allow",
                                                        "evil.org", "deny"),
                                                "unix_sockets",
                                                Map.of("/run/x.sock", "allow"),
                                                "enable_socks5",
                                                false))));
    }

    @Test
    void aServerElsewhereHasItsOwnRuntimeFingerprint() {
        String remote =
                """
                { plugins: { entries: { codex: { config: { appServer: { transport: "websocket",
                    url: "ws://127.0.0.1:%d" } } } } } }
                """;

        assertThat(setup(remote.formatted(4501)).facts().get(Facts.RUNTIME))
                .startsWith("sha256:")
                .isNotEqualTo(setup(remote.formatted(4502)).facts().get(Facts.RUNTIME));
    }

    @Test
    void theSizeFuseComesFromTheConfig() {
        assertThat(
                        setup(
                                        "{ agents: { defaults: { compaction: {"
                                                + " maxActiveTranscriptBytes: 5000000 } } } }")
                                .transcriptBytesMax())
                .isEqualTo(5_000_000);
    }

    private ThreadSetup setup(String json5) {
        ChelaConfig config = TestConfig.of(json5);
        ThreadConfig sections =
                new ThreadConfig(
                        config.agents(),
                        config.plugins().codex().appServer(),
                        config.mcp(),
                        config.tools());
        return new ThreadSetups(() -> sections, input -> secrets.apply(input)).of("main");
    }
}
