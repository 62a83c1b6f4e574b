package dev.chela.config.load;

import dev.chela.config.AppServerConfig;
import dev.chela.config.ChelaConfig;
import dev.chela.config.ComputerUseConfig;
import dev.chela.config.Loopback;
import dev.chela.config.MessagesConfig;
import dev.chela.config.PluginsConfig;
import dev.chela.config.ToolsConfig;
import dev.chela.config.VisibleReplies;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What must agree within {@code plugins}. */
final class CodexRules {

    private static final String AT = "plugins.entries.codex.config.";
    private static final Pattern INLINE_ARGUMENTS = Pattern.compile(".*\\s--?\\w.*");
    private static final Set<Long> HEALTH_MINUTES = Set.of(30L, 60L, 120L, 240L);
    private static final Set<String> NEVER_CLEARED = Set.of("CODEX_HOME", "HOME");

    private final ConfigRules rules;

    CodexRules(ConfigRules rules) {
        this.rules = rules;
    }

    void check(ChelaConfig config) {
        PluginsConfig plugins = config.plugins();
        if (plugins.entries().codex().enabled()
                && plugins.allow().filter(list -> !list.contains("codex")).isPresent()) {
            rules.error("plugins.allow", "must contain \"codex\" when the codex plugin is enabled");
        }
        appServer(plugins.codex().appServer());
        if (plugins.codexRuns()) {
            config.tools()
                    .exec()
                    .mode()
                    .ifPresent(mode -> execMode(mode, plugins.codex().appServer()));
        }
        denied("tools.deny", config.tools());
        for (int i = 0; i < config.agents().list().size(); i++) {
            String at = "agents.list[%d].tools.deny".formatted(i);
            config.agents().list().get(i).tools().ifPresent(tools -> denied(at, tools));
        }
        computerUse(plugins.codex().computerUse());
        if (!config.offersMessageTool()) {
            toolReplies(config.messages());
        }
    }

    /** Answers that only a missing tool could show would be seen by nobody. */
    private void toolReplies(MessagesConfig messages) {
        String problem =
                "is not kept to: codexDynamicToolsExclude or tools.deny takes the message tool"
                        + " away, so answers are posted as they are";
        if (messages.visibleReplies().equals(Optional.of(VisibleReplies.MESSAGE_TOOL))) {
            rules.warning("messages.visibleReplies", problem);
        }
        if (messages.groupChat()
                .visibleReplies()
                .equals(Optional.of(VisibleReplies.MESSAGE_TOOL))) {
            rules.warning("messages.groupChat.visibleReplies", problem);
        }
    }

    /** A rule that forbids nothing looks like one that does. */
    private void denied(String at, ToolsConfig tools) {
        tools.deny().stream()
                .filter(name -> name.strip().startsWith("group:"))
                .forEach(
                        name ->
                                rules.warning(
                                        at,
                                        name
                                                + " forbids nothing: there are no groups of tools"
                                                + " here, name each tool"));
    }

    private void appServer(AppServerConfig server) {
        boolean remote = server.transport() == AppServerConfig.Transport.WEBSOCKET;
        Optional<String> scheme = server.url().map(URI::getScheme);
        if (remote && server.url().isEmpty()) {
            rules.error(AT + "appServer.url", "is required when transport is websocket");
        }
        if (scheme.filter(found -> !found.equals("ws") && !found.equals("wss")).isPresent()) {
            rules.error(AT + "appServer.url", "must begin with ws:// or wss://");
        }
        if (remote && server.url().filter(url -> !Loopback.names(url)).isPresent()) {
            proof(server);
        }
        if (remote && server.outlivesBot()) {
            rules.error(
                    AT + "appServer.outlivesBot",
                    "is for the managed server; it cannot go with transport websocket");
        }
        if (!remote && !server.headers().isEmpty()) {
            rules.warning(AT + "appServer.headers", "are only sent with transport websocket");
        }
        if (server.command().filter(line -> INLINE_ARGUMENTS.matcher(line).matches()).isPresent()) {
            rules.error(AT + "appServer.command", "must be the program alone; use args");
        }
        for (String name : server.clearEnv()) {
            if (NEVER_CLEARED.contains(name)) {
                rules.warning(AT + "appServer.clearEnv", name + " is never cleared; it is ignored");
            }
        }
    }

    /** A server on another machine that asks for no proof is open to whoever can reach it. */
    private void proof(AppServerConfig server) {
        boolean header =
                server.headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
        if (server.authToken().isEmpty() && !header) {
            rules.error(
                    AT + "appServer.authToken",
                    "is required when appServer.url is not on this machine; set it, or an"
                            + " Authorization header in appServer.headers, to what the app-server"
                            + " there was given with --ws-auth");
        }
    }

    /** What Chela cannot make Codex keep to is refused, not ignored. */
    private void execMode(ToolsConfig.Mode mode, AppServerConfig server) {
        switch (mode) {
            case DENY, ALLOWLIST ->
                    rules.error(
                            "tools.exec.mode",
                            "cannot be enforced on Codex, which runs commands itself; use ask, auto"
                                    + " or full, or disable the codex plugin");
            case ASK, AUTO -> {
                if (server.approvalPolicy()
                        .filter(AppServerConfig.ApprovalPolicy.NEVER::equals)
                        .isPresent()) {
                    rules.warning(
                            AT + "appServer.approvalPolicy",
                            "never is ignored, since tools.exec.mode wants commands approved");
                }
                if (mode == ToolsConfig.Mode.AUTO
                        && server.sandbox()
                                .filter(AppServerConfig.Sandbox.DANGER_FULL_ACCESS::equals)
                                .isPresent()) {
                    rules.warning(
                            AT + "appServer.sandbox",
                            "danger-full-access is ignored under tools.exec.mode auto");
                }
            }
            case FULL -> {}
        }
    }

    private void computerUse(ComputerUseConfig computerUse) {
        if (!HEALTH_MINUTES.contains(computerUse.healthCheckInterval().toMinutes())) {
            rules.error(
                    AT + "computerUse.healthCheckIntervalMinutes",
                    "must be one of 30, 60, 120, 240");
        }
    }
}
