package dev.chela.config.load;

import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Exception;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows {@code $include}: the named files, merged in order, take the place of the object that
 * names them, and its other keys win over theirs.
 *
 * <p>Bounds: 10 levels, 200 files, nothing outside the config file's directory.
 */
final class Includes {

    static final String KEY = "$include";
    private static final int LEVELS_MAX = 10;
    private static final int FILES_MAX = 200;
    private static final int CHARS_MAX = 4096;

    private final Problems problems;
    private final Path root;
    private final Map<Path, String> unsaved;
    private final Deque<Path> open = new ArrayDeque<>();
    private final Set<Path> read = new LinkedHashSet<>();
    private int count;

    /** With {@code unsaved} texts in the place of files that have the paths. */
    Includes(ConfigLocation location, Problems problems, Map<Path, String> unsaved) {
        this.problems = problems;
        this.unsaved = Map.copyOf(unsaved);
        this.root = real(location.directory());
        open.push(real(location.file()));
    }

    /** Every file that was included. */
    List<Path> files() {
        return List.copyOf(read);
    }

    Node expand(Node node, KeyPath path) {
        return switch (node) {
            case Node.Obj object -> expandObject(object, path);
            case Node.Arr array -> expandArray(array, path);
            case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> node;
        };
    }

    private Node expandArray(Node.Arr array, KeyPath path) {
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < array.items().size(); i++) {
            items.add(expand(array.items().get(i), path.index(i)));
        }
        return new Node.Arr(items, array.span());
    }

    private Node expandObject(Node.Obj object, KeyPath path) {
        List<Member> members = new ArrayList<>();
        for (Member member : object.members()) {
            if (!member.key().equals(KEY)) {
                Node value = expand(member.value(), path.key(member.key()));
                members.add(new Member(member.key(), member.keySpan(), value));
            }
        }
        Node.Obj siblings = new Node.Obj(members, object.span());
        Optional<Node> named = object.get(KEY);
        if (named.isEmpty()) {
            return siblings;
        }
        Optional<Node> included = included(named.get(), path);
        if (included.isEmpty() || members.isEmpty()) {
            return included.orElse(siblings);
        }
        if (!(included.get() instanceof Node.Obj)) {
            problems.error(path, "keys beside " + KEY + " need an included object", named.get());
            return siblings;
        }
        return Merge.over(included.get(), siblings);
    }

    private Optional<Node> included(Node named, KeyPath path) {
        return switch (named) {
            case Node.Text text -> file(text, path);
            case Node.Arr array -> merged(array, path);
            case Node.Obj _, Node.Num _, Node.Bool _, Node.Null _ -> {
                problems.error(
                        path.key(KEY),
                        "expected a file name or a list of them, found " + named.kind(),
                        named);
                yield Optional.empty();
            }
        };
    }

    private Optional<Node> merged(Node.Arr array, KeyPath path) {
        Node result = new Node.Obj(List.of(), array.span());
        for (Node item : array.items()) {
            if (!(item instanceof Node.Text text)) {
                problems.error(path.key(KEY), "expected a file name, found " + item.kind(), item);
                continue;
            }
            Optional<Node> one = file(text, path);
            if (one.isPresent()) {
                result = Merge.over(result, one.get());
            }
        }
        return Optional.of(result);
    }

    private Optional<Node> file(Node.Text name, KeyPath path) {
        KeyPath here = path.key(KEY);
        Optional<Path> file = locate(name, here);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        if (open.contains(file.get())) {
            problems.error(here, shown(file.get()) + " includes itself", name);
            return Optional.empty();
        }
        count++;
        if (open.size() > LEVELS_MAX || count > FILES_MAX) {
            problems.error(
                    here,
                    "includes go deeper than "
                            + LEVELS_MAX
                            + " levels, or more than "
                            + FILES_MAX
                            + " files",
                    name);
            return Optional.empty();
        }
        open.push(file.get());
        try {
            return read(file.get(), name, here).map(node -> expand(node, path));
        } finally {
            open.pop();
        }
    }

    private Optional<Path> locate(Node.Text name, KeyPath here) {
        if (name.value().isBlank()
                || name.value().length() >= CHARS_MAX
                || name.value().indexOf('\0') >= 0) {
            problems.error(here, "is not a file name", name);
            return Optional.empty();
        }
        try {
            Path current = open.getFirst();
            Path file = real(current.resolveSibling(name.value()).normalize());
            if (!file.startsWith(root)) {
                problems.error(
                        here, name.value() + " is outside the config directory " + root, name);
                return Optional.empty();
            }
            return Optional.of(file);
        } catch (InvalidPathException e) {
            problems.error(here, "is not a file name", name);
            return Optional.empty();
        }
    }

    private Optional<Node> read(Path file, Node name, KeyPath here) {
        try {
            Optional<String> text =
                    unsaved.containsKey(file)
                            ? Optional.ofNullable(unsaved.get(file))
                            : ConfigFile.read(file).text();
            if (text.isEmpty()) {
                problems.error(here, shown(file) + " does not exist", name);
                return Optional.empty();
            }
            read.add(file);
            return Optional.of(Json5.parse(text.get(), shown(file)));
        } catch (Json5Exception e) {
            problems.error(
                    here,
                    shown(file)
                            + " line "
                            + e.line()
                            + ", column "
                            + e.column()
                            + ": "
                            + e.getMessage(),
                    name);
        } catch (IOException e) {
            problems.error(here, shown(file) + " cannot be read: " + e.getMessage(), name);
        }
        return Optional.empty();
    }

    private String shown(Path file) {
        return root.relativize(file).toString();
    }

    /** With links resolved as far as the path exists. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }
}
