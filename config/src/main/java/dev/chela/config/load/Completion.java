package dev.chela.config.load;

import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds what follows from what is written: the agent {@code main}, computer use as variables have it
 * and switched on.
 */
final class Completion {

    private static final List<String> COMPUTER_USE =
            List.of("plugins", "entries", "codex", "config", "computerUse");

    private static final String COMPUTER_USE_VARIABLE = "CHELA_CODEX_COMPUTER_USE";

    /** Which key a variable stands for where the config does not have it (harness §16). */
    private static final Map<String, String> COMPUTER_USE_KEYS =
            Map.of(
                    "", "enabled",
                    "_AUTO_INSTALL", "autoInstall",
                    "_MARKETPLACE_DISCOVERY_TIMEOUT_MS", "marketplaceDiscoveryTimeoutMs",
                    "_MARKETPLACE_SOURCE", "marketplaceSource",
                    "_MARKETPLACE_PATH", "marketplacePath",
                    "_MARKETPLACE_NAME", "marketplaceName",
                    "_PLUGIN_NAME", "pluginName",
                    "_MCP_SERVER_NAME", "mcpServerName");

    private static final Set<String> SWITCHES = Set.of("enabled", "autoInstall");

    private Completion() {}

    static Node.Obj of(Node.Obj root, Environment environment) {
        return withComputerUse(withMainAgent(root), environment);
    }

    private static Node.Obj withMainAgent(Node.Obj root) {
        Node.Obj agents = child(root, "agents").orElse(Node.Obj.empty());
        if (agents.get("list").orElse(new Node.Arr(List.of(), Span.NOWHERE))
                        instanceof Node.Arr list
                && list.items().isEmpty()) {
            Node.Obj main =
                    Node.Obj.empty()
                            .with("id", Node.Text.of("main"))
                            .with("default", new Node.Bool(true, Span.NOWHERE));
            Node.Arr completed = new Node.Arr(List.of(main), Span.NOWHERE);
            return root.with("agents", agents.with("list", completed));
        }
        return root;
    }

    private static Node.Obj withComputerUse(Node.Obj root, Environment environment) {
        Map<String, Node> variables = new HashMap<>();
        COMPUTER_USE_KEYS.forEach(
                (suffix, key) -> {
                    String name = COMPUTER_USE_VARIABLE + suffix;
                    environment
                            .get(name)
                            .ifPresent(value -> variables.put(key, node(key, name, value)));
                });
        return change(root, COMPUTER_USE, variables);
    }

    /** As the key wants it, if it can be; an error about it names the variable, not a file. */
    private static Node node(String key, String variable, String value) {
        Span span = new Span(variable, 0, 0, 1);
        boolean isSwitch = SWITCHES.contains(key);
        if (isSwitch && (value.equalsIgnoreCase("true") || value.equals("1"))) {
            return new Node.Bool(true, span);
        }
        if (isSwitch && (value.equalsIgnoreCase("false") || value.equals("0"))) {
            return new Node.Bool(false, span);
        }
        return key.endsWith("Ms") && value.matches("\\d{1,9}")
                ? new Node.Num(new BigDecimal(value), span)
                : new Node.Text(value, false, span);
    }

    private static Node.Obj change(
            Node.Obj object, List<String> path, Map<String, Node> variables) {
        if (path.isEmpty()) {
            return completed(object, variables);
        }
        String key = path.getFirst();
        Optional<Node> there = object.get(key);
        if (there.isEmpty() ? variables.isEmpty() : !(there.get() instanceof Node.Obj)) {
            return object;
        }
        Node.Obj next = child(object, key).orElse(Node.Obj.empty());
        return object.with(key, change(next, path.subList(1, path.size()), variables));
    }

    private static Node.Obj completed(Node.Obj written, Map<String, Node> variables) {
        Node.Obj all = written;
        for (Map.Entry<String, Node> variable : variables.entrySet()) {
            if (written.get(variable.getKey()).isEmpty()) {
                all = all.with(variable.getKey(), variable.getValue());
            }
        }
        boolean inferred = all.get("enabled").isEmpty() && !all.members().isEmpty();
        return inferred ? all.with("enabled", new Node.Bool(true, Span.NOWHERE)) : all;
    }

    private static Optional<Node.Obj> child(Node.Obj object, String key) {
        return object.get(key).filter(Node.Obj.class::isInstance).map(Node.Obj.class::cast);
    }
}
