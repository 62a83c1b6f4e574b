package dev.chela.bot.cli;

import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import dev.chela.harness.Legible;
import java.util.List;

/** Values as they are printed: foreign text made harmless for a terminal. */
final class Words {

    private static final int CHARS_MAX = 200;

    private Words() {}

    /** The text at {@code key}, empty if there is none. */
    static String text(Node.Obj object, String key) {
        return object.get(key).map(Words::bare).orElse("");
    }

    /** The same on one line, without anything that moves a terminal's cursor. */
    static String shown(Node.Obj object, String key) {
        return Legible.line(text(object, key), CHARS_MAX);
    }

    static boolean isTrue(Node.Obj object, String key) {
        return object.get(key).orElse(new Node.Null(Span.NOWHERE)) instanceof Node.Bool bool
                && bool.value();
    }

    static List<Node.Obj> list(Node.Obj object, String key) {
        return object.get(key).orElse(new Node.Null(Span.NOWHERE)) instanceof Node.Arr array
                ? array.items().stream()
                        .filter(Node.Obj.class::isInstance)
                        .map(Node.Obj.class::cast)
                        .toList()
                : List.of();
    }

    /** A text without its quotes, anything else as JSON5. */
    static String bare(Node node) {
        return node instanceof Node.Text text ? text.value() : Json5Writer.json5(node, 0);
    }

    static Node.Bool bool(boolean value) {
        return new Node.Bool(value, Span.NOWHERE);
    }

    static Node.Arr array(List<? extends Node> items) {
        return new Node.Arr(List.copyOf(items), Span.NOWHERE);
    }
}
