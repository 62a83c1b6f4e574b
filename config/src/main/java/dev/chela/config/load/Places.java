package dev.chela.config.load;

import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import java.util.Optional;

/**
 * Finds where the value of a path stands in the tree, or where the nearest thing around it does.
 */
record Places(Node.Obj root) {

    Span of(KeyPath path) {
        Node at = root;
        for (String step : path.steps()) {
            Optional<Node> next = step(at, step);
            if (next.isEmpty()) {
                return at.span();
            }
            at = next.get();
        }
        return at.span();
    }

    private static Optional<Node> step(Node node, String step) {
        return switch (node) {
            case Node.Obj object -> object.get(step);
            case Node.Arr array
                    when KeyPath.isIndex(step) && KeyPath.indexOf(step) < array.items().size() ->
                    Optional.of(array.items().get(KeyPath.indexOf(step)));
            case Node.Arr _, Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> Optional.empty();
        };
    }
}
