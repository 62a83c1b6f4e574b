package dev.chela.config.load;

import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import dev.chela.config.secret.Redaction;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds where the value of a path stands in the tree, or where the nearest thing around it does.
 */
record Places(Node.Obj root) {

    private static final int CHARS_MIN = 4;

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

    /** A message without what variables brought into the tree: that may be a secret. */
    String withoutVariables(String message) {
        String shown = message;
        for (String value : broughtBy(root).filter(text -> text.length() >= CHARS_MIN).toList()) {
            shown = shown.replace(value, Redaction.MASK);
        }
        return shown;
    }

    private static Stream<String> broughtBy(Node node) {
        return switch (node) {
            case Node.Obj object ->
                    object.members().stream().flatMap(member -> broughtBy(member.value()));
            case Node.Arr array -> array.items().stream().flatMap(Places::broughtBy);
            case Node.Text text when text.substituted() -> Stream.of(text.value());
            case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> Stream.empty();
        };
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
