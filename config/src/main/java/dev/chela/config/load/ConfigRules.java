package dev.chela.config.load;

import dev.chela.config.AgentConfig;
import dev.chela.config.ChelaConfig;
import dev.chela.config.GatewayConfig;
import dev.chela.config.SecretSource;
import dev.chela.config.SecretsConfig;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that no single key can tell: what must agree with what. Pure. */
public final class ConfigRules {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Places places;
    private final Problems problems;

    ConfigRules(Places places, Problems problems) {
        this.places = places;
        this.problems = problems;
    }

    /** Why the gateway must not start with a config that is otherwise good. */
    public static Optional<Problem> refusalToStart(ChelaConfig config) {
        return config.gateway().mode().isPresent()
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                KeyPath.parse("gateway.mode"),
                                "is not set; write gateway: { mode: \"local\" } to say that this"
                                        + " machine runs the gateway, or start with"
                                        + " --allow-unconfigured",
                                Span.NOWHERE));
    }

    void check(ChelaConfig config) {
        gateway(config.gateway());
        agents(config);
        secrets(config.secrets());
        new PatternRules(this).check(config);
        new CodexRules(this).check(config);
        new ChannelRules(this, config).check();
    }

    void error(String path, String message) {
        KeyPath at = KeyPath.parse(path);
        problems.error(Problem.of(at, places.withoutVariables(message), places.of(at)));
    }

    void warning(String path, String message) {
        KeyPath at = KeyPath.parse(path);
        String shown = places.withoutVariables(message);
        problems.warning(at, shown, new dev.chela.config.json5.Node.Null(places.of(at)));
    }

    private void gateway(GatewayConfig gateway) {
        boolean local = gateway.bind() == GatewayConfig.Bind.LOOPBACK;
        GatewayConfig.Auth auth = gateway.auth();
        if (!local && auth.mode() == GatewayConfig.AuthMode.NONE) {
            error("gateway.auth.mode", "must not be none unless gateway.bind is loopback");
        }
        if (auth.mode() == GatewayConfig.AuthMode.NONE
                && !THIS_MACHINE.containsAll(gateway.controlUi().hosts())) {
            error(
                    "gateway.auth.mode",
                    "must not be none where gateway.controlUi.allowedOrigins names another host:"
                            + " what forwards its calls is on this machine, and so would be"
                            + " everybody");
        }
        if (!local && auth.mode() == GatewayConfig.AuthMode.TOKEN && auth.token().isEmpty()) {
            error("gateway.auth.token", "is required unless gateway.bind is loopback");
        }
        if (auth.mode() == GatewayConfig.AuthMode.PASSWORD && auth.password().isEmpty()) {
            error("gateway.auth.password", "is required when gateway.auth.mode is password");
        }
        for (String origin : gateway.controlUi().allowedOrigins()) {
            if (GatewayConfig.ControlUi.hostOf(origin).isEmpty()) {
                error(
                        "gateway.controlUi.allowedOrigins",
                        "\"%s\" is no https://name".formatted(origin));
            }
        }
        if (gateway.bind() == GatewayConfig.Bind.CUSTOM && gateway.customBindHost().isEmpty()) {
            error("gateway.customBindHost", "is required when gateway.bind is custom");
        }
    }

    private void agents(ChelaConfig config) {
        Set<String> ids = new HashSet<>();
        List<AgentConfig> list = config.agents().list();
        for (int i = 0; i < list.size(); i++) {
            if (!ids.add(list.get(i).id())) {
                error("agents.list[" + i + "].id", "is the id of another agent too");
            }
        }
        if (list.stream().filter(AgentConfig::isDefault).count() > 1) {
            error("agents.list", "at most one agent may be the default");
        }
        for (int i = 0; i < config.bindings().size(); i++) {
            String id = config.bindings().get(i).agentId();
            if (!ids.contains(id)) {
                String message = "no agent has the id \"" + id + "\"";
                KeyPath at = KeyPath.parse("bindings[" + i + "].agentId");
                String shown = places.withoutVariables(message);
                problems.error(new Problem(at, shown, places.of(at), Spelling.guess(id, ids)));
            }
        }
        new ModelRules(this).check(config.agents());
    }

    private void secrets(SecretsConfig secrets) {
        for (Map.Entry<String, SecretsConfig.Provider> entry : secrets.providers().entrySet()) {
            String path = "secrets.providers." + entry.getKey();
            SecretsConfig.Provider provider = entry.getValue();
            if (provider.source() == SecretSource.FILE && provider.path().isEmpty()) {
                error(path + ".path", "is required for a file provider");
            }
            if (provider.source() == SecretSource.EXEC
                    && provider.command().filter(command -> command.startsWith("/")).isEmpty()) {
                error(path + ".command", "must be an absolute path for an exec provider");
            }
        }
    }
}
