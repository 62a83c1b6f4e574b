package dev.chela.config.load;

import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import java.util.List;
import java.util.Optional;

/** Adds what follows from what is written: the agent {@code main}, computer use switched on. */
final class Completion {

    private static final List<String> COMPUTER_USE =
            List.of("plugins", "entries", "codex", "config", "computerUse");

    private Completion() {}

    static Node.Obj of(Node.Obj root) {
        return withComputerUse(withMainAgent(root));
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

    private static Node.Obj withComputerUse(Node.Obj root) {
        return change(root, COMPUTER_USE);
    }

    private static Node.Obj change(Node.Obj object, List<String> path) {
        if (path.isEmpty()) {
            boolean inferred = object.get("enabled").isEmpty() && !object.members().isEmpty();
            return inferred ? object.with("enabled", new Node.Bool(true, Span.NOWHERE)) : object;
        }
        String key = path.getFirst();
        return child(object, key)
                .map(next -> object.with(key, change(next, path.subList(1, path.size()))))
                .orElse(object);
    }

    private static Optional<Node.Obj> child(Node.Obj object, String key) {
        return object.get(key).filter(Node.Obj.class::isInstance).map(Node.Obj.class::cast);
    }
}
