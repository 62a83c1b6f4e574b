package dev.chela.config.load;

import dev.chela.config.Secret;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import dev.chela.config.json5.Span;
import dev.chela.config.shape.Field;
import dev.chela.config.shape.RecordShape;
import dev.chela.config.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds a tree to records, strictly: unknown keys, wrong types and broken bounds are collected, all
 * of them. What is bound after an error is incomplete and must not be used.
 */
final class Binder {

    private final Problems problems;
    private final ScalarBinder scalars;
    private final Set<Secret> secrets = new LinkedHashSet<>();

    Binder(Problems problems, PathBase base) {
        this.problems = problems;
        this.scalars = new ScalarBinder(problems, base, secrets);
    }

    /** The secrets that stand in what was bound. */
    Set<Secret> secrets() {
        return secrets;
    }

    /** The bound record, or nothing if anything in it was wrong. */
    <T> Optional<T> bind(Node node, RecordShape shape, Class<T> type) {
        Optional<Object> bound = record(node, shape, KeyPath.ROOT);
        if (bound.isEmpty() && problems.none()) {
            problems.error(KeyPath.ROOT, "is incomplete", node);
        }
        return problems.none() ? bound.map(type::cast) : Optional.empty();
    }

    private Optional<Object> value(Node node, Shape shape, Field field, KeyPath path) {
        return switch (shape) {
            case Shape.Scalar scalar -> scalars.bind(node, scalar, field, path);
            case Shape.Time time -> scalars.time(node, time, field, path);
            case Shape.Words words -> scalars.word(node, words, path);
            case Shape.Items items -> list(node, items, field, path);
            case Shape.Table table -> map(node, table, field, path);
            case Shape.Maybe maybe ->
                    value(node, maybe.present(), field, path).map(found -> Optional.of(found));
            case Shape.Fields fields -> record(node, fields.of(), path);
        };
    }

    private Optional<Object> record(Node node, RecordShape shape, KeyPath path) {
        Optional<Node.Obj> object = asObject(node, shape, path);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        reportUnknown(object.get(), shape, path);
        return fill(object.get(), shape, path);
    }

    private Optional<Node.Obj> asObject(Node node, RecordShape shape, KeyPath path) {
        if (node instanceof Node.Obj object) {
            return Optional.of(object);
        }
        if (shape.shorthand().isPresent() && !(node instanceof Node.Arr)) {
            return Optional.of(Node.Obj.empty().with(shape.shorthand().get(), node));
        }
        problems.error(path, "expected an object, found " + node.kind(), node);
        return Optional.empty();
    }

    private void reportUnknown(Node.Obj object, RecordShape shape, KeyPath path) {
        if (shape.rest().isPresent()) {
            return;
        }
        Set<String> known =
                shape.fields().map(Field::key).collect(Collectors.toCollection(TreeSet::new));
        for (Member member : object.members()) {
            boolean schema = path.isRoot() && member.key().equals("$schema");
            if (!known.contains(member.key()) && !schema) {
                problems.error(
                        new Problem(
                                path.key(member.key()),
                                "unknown key",
                                member.keySpan(),
                                Spelling.guess(member.key(), known)));
            }
        }
    }

    /** Fills own and flattened components from the same object. */
    private Optional<Object> fill(Node.Obj object, RecordShape shape, KeyPath path) {
        @Nullable Object[] components = new Object[shape.size()];
        boolean complete = true;
        for (Field field : shape.own()) {
            Optional<Object> bound = field(object, shape, field, path);
            components[field.component()] = bound.orElse(null);
            complete &= bound.isPresent();
        }
        for (RecordShape.Flattened part : shape.flat()) {
            Optional<Object> bound = fill(object, part.shape(), path);
            components[part.component()] = bound.orElse(null);
            complete &= bound.isPresent();
        }
        if (shape.rest().isPresent()) {
            components[shape.rest().get().component()] = rest(object, shape, path);
        }
        return complete ? Optional.of(shape.construct(components)) : Optional.empty();
    }

    private Optional<Object> field(Node.Obj object, RecordShape shape, Field field, KeyPath path) {
        KeyPath here = path.key(field.key());
        Optional<Node> written = object.get(field.key());
        if (written.isEmpty()) {
            return absent(object, field, here);
        }
        if (field.retired().isPresent()) {
            problems.warning(here, "is no longer used: " + field.retired().get(), written.get());
        }
        reportDormant(shape, field.component(), here, written.get());
        if (written.get() instanceof Node.Null && field.nullMeans().isPresent()) {
            return Optional.of(Optional.of(field.nullMeans().get()));
        }
        return value(written.get(), field.shape(), field, here);
    }

    private void reportDormant(RecordShape shape, int component, KeyPath path, Node written) {
        Dormant.reason(shape.type(), shape.componentName(component))
                .ifPresent(
                        instead ->
                                problems.warning(
                                        path,
                                        "accepted, not in effect yet (" + instead + ")",
                                        written));
    }

    private Optional<Object> absent(Node.Obj object, Field field, KeyPath path) {
        if (field.fallback().isPresent()) {
            return value(field.fallback().get(), field.shape(), field, path);
        }
        return switch (field.shape()) {
            case Shape.Maybe _ -> Optional.of(Optional.empty());
            case Shape.Items _ -> Optional.of(List.of());
            case Shape.Table _ -> Optional.of(Map.of());
            case Shape.Fields fields -> record(Node.Obj.empty(), fields.of(), path);
            case Shape.Scalar scalar when scalar.kind() == Shape.Kind.BOOLEAN ->
                    Optional.of(Boolean.FALSE);
            case Shape.Scalar _, Shape.Time _, Shape.Words _ -> {
                problems.error(path, "is required", object);
                yield Optional.empty();
            }
        };
    }

    private Map<String, Object> rest(Node.Obj object, RecordShape shape, KeyPath path) {
        RecordShape.Rest rest = shape.rest().orElseThrow();
        Set<String> known = shape.fields().map(Field::key).collect(Collectors.toSet());
        Map<String, Object> others = new LinkedHashMap<>();
        for (Member member : object.members()) {
            if (!known.contains(member.key())) {
                reportDormant(shape, rest.component(), path.key(member.key()), member.value());
                value(member.value(), rest.value(), anyField(rest.value()), path.key(member.key()))
                        .ifPresent(value -> others.put(member.key(), value));
            }
        }
        return Collections.unmodifiableMap(others);
    }

    private static Field anyField(Shape shape) {
        return new Field(
                "",
                0,
                shape,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Optional<Object> list(Node node, Shape.Items shape, Field field, KeyPath path) {
        if (shape.shellWords() && node instanceof Node.Text text) {
            Optional<List<String>> words = ShellSplit.split(text.value());
            if (words.isEmpty()) {
                problems.error(path, "a quote is not closed", node);
            }
            return words.map(found -> (Object) found);
        }
        if (!(node instanceof Node.Arr array)) {
            problems.error(path, "expected a list, found " + node.kind(), node);
            return Optional.empty();
        }
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < array.items().size(); i++) {
            value(array.items().get(i), shape.item(), field, path.index(i)).ifPresent(bound::add);
        }
        if (field.nonEmpty() && array.items().isEmpty()) {
            problems.error(path, "must not be empty", node);
        }
        return Optional.of(List.copyOf(bound));
    }

    private Optional<Object> map(Node node, Shape.Table shape, Field field, KeyPath path) {
        if (!(node instanceof Node.Obj object)) {
            problems.error(path, "expected an object, found " + node.kind(), node);
            return Optional.empty();
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        for (Member member : object.members()) {
            if (member.value() instanceof Node.Null && isAnything(shape.value())) {
                continue;
            }
            KeyPath here = path.key(member.key());
            checkKey(member.key(), member.keySpan(), shape, here);
            value(member.value(), shape.value(), field, here)
                    .ifPresent(value -> bound.put(member.key(), value));
        }
        return Optional.of(Collections.unmodifiableMap(bound));
    }

    private static boolean isAnything(Shape shape) {
        return shape instanceof Shape.Scalar scalar && scalar.kind() == Shape.Kind.ANYTHING;
    }

    private void checkKey(String key, Span at, Shape.Table shape, KeyPath path) {
        if (shape.keys().isPresent() && !shape.keys().get().pattern().matcher(key).matches()) {
            String message = "the key must be " + shape.keys().get().expected();
            problems.error(Problem.of(path, message, at));
        }
    }
}
