package dev.chela.config;

import dev.chela.config.meta.Rest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tool servers that are shown to Codex threads. */
public record McpConfig(Map<String, Server> servers) {

    /** One server; {@code codex} is Chela's and is not passed on. */
    public record Server(
            Optional<Boolean> enabled,
            Optional<String> command,
            List<String> args,
            Map<String, SecretInput> env,
            Optional<String> cwd,
            Optional<URI> url,
            Optional<String> transport,
            Map<String, SecretInput> headers,
            Optional<CodexScope> codex,
            @Rest Map<String, Object> others) {}

    /** Which agents' Codex threads see the server, and how its tools are approved. */
    public record CodexScope(
            Optional<List<String>> agents, Optional<String> defaultToolsApprovalMode) {}
}
