package dev.chela.config.edit;

import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import java.util.List;
import java.util.Optional;

/** Walks a tree along a path; a bracketed number is a key where an object stands. */
final class TreePath {

    private TreePath() {}

    static Optional<Node> find(Node root, KeyPath path) {
        Optional<Node> at = Optional.of(root);
        for (String step : path.steps()) {
            at = at.flatMap(node -> step(node, step));
        }
        return at;
    }

    static Optional<Node> step(Node node, String step) {
        return switch (node) {
            case Node.Obj object -> object.get(keyOf(step));
            case Node.Arr array
                    when KeyPath.isIndex(step) && KeyPath.indexOf(step) < array.items().size() ->
                    Optional.of(array.items().get(KeyPath.indexOf(step)));
            case Node.Arr _, Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> Optional.empty();
        };
    }

    static String keyOf(String step) {
        return KeyPath.isIndex(step) ? step.substring(1, step.length() - 1) : step;
    }

    /** {@code value} inside the objects and lists that {@code steps} name. */
    static Node wrap(List<String> steps, Node value) {
        if (steps.isEmpty()) {
            return value;
        }
        Node inner = wrap(steps.subList(1, steps.size()), value);
        String step = steps.getFirst();
        return KeyPath.isIndex(step) && KeyPath.indexOf(step) == 0
                ? new Node.Arr(List.of(inner), Span.NOWHERE)
                : Node.Obj.empty().with(keyOf(step), inner);
    }
}
