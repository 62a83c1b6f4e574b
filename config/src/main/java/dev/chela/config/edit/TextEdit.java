package dev.chela.config.edit;

import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import dev.chela.config.json5.Span;
import java.util.List;
import java.util.Optional;

/** Sets and removes values in a JSON5 text and leaves every other character alone. Pure. */
final class TextEdit {

    private final String text;
    private final Node root;

    private TextEdit(String text) {
        this.text = text;
        this.root = Json5.parse(text, "config");
    }

    /** The text with {@code value} at {@code path}; objects on the way are made. */
    static String set(String text, KeyPath path, Node value) {
        return new TextEdit(text).set(path, value);
    }

    /** The text without what is at {@code path}; the same text if nothing is. */
    static String unset(String text, KeyPath path) {
        return new TextEdit(text).unset(path);
    }

    private String set(KeyPath path, Node value) {
        Node at = root;
        List<String> steps = path.steps();
        for (int i = 0; i < steps.size(); i++) {
            Optional<Node> next = TreePath.step(at, steps.get(i));
            if (next.isEmpty()) {
                return insert(
                        at,
                        new KeyPath(steps.subList(0, i)),
                        steps.subList(i, steps.size()),
                        value);
            }
            at = next.get();
        }
        String written = Json5Writer.json5(value, indentOf(at.span().start()));
        return replace(at.span().start(), at.span().end(), written);
    }

    private String insert(Node owner, KeyPath ownerPath, List<String> missing, Node value) {
        Node nested = TreePath.wrap(missing.subList(1, missing.size()), value);
        String step = missing.getFirst();
        return switch (owner) {
            case Node.Obj object ->
                    new Insertion(text, object.span(), memberSpans(object))
                            .add(
                                    indent ->
                                            Json5Writer.key(TreePath.keyOf(step))
                                                    + ": "
                                                    + Json5Writer.json5(nested, indent));
            case Node.Arr array when isNext(array, step) ->
                    new Insertion(text, array.span(), itemSpans(array))
                            .add(indent -> Json5Writer.json5(nested, indent));
            case Node.Arr array ->
                    throw new EditException(
                            ownerPath
                                    + " has "
                                    + array.items().size()
                                    + " entries; use ["
                                    + array.items().size()
                                    + "] to add one");
            case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ ->
                    throw new EditException(ownerPath + " is " + owner.kind() + ", not an object");
        };
    }

    private static boolean isNext(Node.Arr array, String step) {
        return KeyPath.isIndex(step) && KeyPath.indexOf(step) == array.items().size();
    }

    private static List<Span> memberSpans(Node.Obj object) {
        return object.members().stream()
                .map(
                        member -> {
                            Span key = member.keySpan();
                            int end = member.value().span().end();
                            return new Span(key.source(), key.start(), end, key.line());
                        })
                .toList();
    }

    private static List<Span> itemSpans(Node.Arr array) {
        return array.items().stream().map(Node::span).toList();
    }

    private String unset(KeyPath path) {
        if (path.isRoot()) {
            throw new EditException("the whole config cannot be removed; delete the file");
        }
        Optional<Node> owner = TreePath.find(root, path.parent());
        String step = path.last();
        if (owner.isEmpty() || TreePath.step(owner.get(), step).isEmpty()) {
            return text;
        }
        List<Span> spans;
        int index;
        switch (owner.get()) {
            case Node.Obj object -> {
                spans = memberSpans(object);
                List<String> keys = object.members().stream().map(Member::key).toList();
                index = keys.indexOf(TreePath.keyOf(step));
            }
            case Node.Arr array -> {
                spans = itemSpans(array);
                index = KeyPath.indexOf(step);
            }
            case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {
                return text;
            }
        }
        return remove(spans.get(index), owner.get().span().end() - 1);
    }

    private String remove(Span span, int ownerEnd) {
        int end = span.end();
        int comma = Blanks.skip(text, end);
        if (comma < ownerEnd && text.charAt(comma) == ',') {
            end = comma + 1;
        }
        int start = span.start();
        int lineStart = Blanks.lineStart(text, start);
        int lineEnd = Blanks.lineEndAfterComment(text, end);
        if (text.substring(lineStart, start).isBlank() && lineEnd >= 0 && lineEnd <= ownerEnd) {
            return replace(lineStart, lineEnd, "");
        }
        while (end < ownerEnd && text.charAt(end) == ' ') {
            end++;
        }
        return replace(start, end, "");
    }

    private String replace(int start, int end, String by) {
        return text.substring(0, start) + by + text.substring(end);
    }

    private int indentOf(int offset) {
        return Blanks.indentOf(text, offset);
    }
}
