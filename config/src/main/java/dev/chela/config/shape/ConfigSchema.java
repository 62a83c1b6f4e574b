package dev.chela.config.shape;

import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The JSON Schema (2020-12) of a record shape, for editors. It accepts what the binder accepts:
 * also {@code $include} anywhere, and variables in the place of words.
 */
public final class ConfigSchema {

    private static final String VARIABLE = "\\$\\{[A-Z_][A-Z0-9_]*\\}";

    private final Map<String, Node.Obj> definitions = new LinkedHashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();

    private ConfigSchema() {}

    /** The schema as JSON text. */
    public static String json(RecordShape root) {
        ConfigSchema schema = new ConfigSchema();
        Node.Obj body = schema.object(root);
        Node.Obj properties = (Node.Obj) body.get("properties").orElseThrow();
        Node.Obj open = body.with("properties", properties.with("$schema", type("string")));
        Node.Obj document =
                Node.Obj.empty()
                        .with("$schema", text("https://json-schema.org/draft/2020-12/schema"))
                        .with("title", text("Chela configuration"));
        for (Node.Member member : open.members()) {
            document = document.with(member.key(), member.value());
        }
        Node.Obj all = Node.Obj.empty();
        for (Map.Entry<String, Node.Obj> entry : schema.definitions.entrySet()) {
            all = all.with(entry.getKey(), entry.getValue());
        }
        return Json5Writer.json(document.with("$defs", all)) + "\n";
    }

    private Node.Obj reference(RecordShape shape) {
        Class<?> type = shape.constructor().getDeclaringClass();
        String name = names.get(type);
        if (name == null) {
            name = nameOf(type);
            names.put(type, name);
            definitions.put(name, Node.Obj.empty());
            definitions.put(name, withShorthand(shape));
        }
        return Node.Obj.empty().with("$ref", text("#/$defs/" + name));
    }

    private static String nameOf(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return outer == null ? type.getSimpleName() : nameOf(outer) + "." + type.getSimpleName();
    }

    private Node.Obj withShorthand(RecordShape shape) {
        Node.Obj object = object(shape);
        Optional<Field> bare = shape.shorthand().flatMap(shape::field);
        return bare.isEmpty() ? object : anyOf(object, value(bare.get().shape(), bare.get()));
    }

    private Node.Obj object(RecordShape shape) {
        Node.Obj properties = Node.Obj.empty();
        List<Node> required = new ArrayList<>();
        for (Field field : shape.fields().toList()) {
            properties = properties.with(field.key(), property(field));
            if (field.required()) {
                required.add(text(field.key()));
            }
        }
        properties = properties.with("$include", include());
        Node others =
                shape.rest()
                        .map(rest -> (Node) value(rest.value(), plain(rest.value())))
                        .orElse(bool(false));
        Node.Obj object =
                type("object").with("properties", properties).with("additionalProperties", others);
        return required.isEmpty() ? object : object.with("anyOf", requiredOrIncluded(required));
    }

    /** What an included file brings is not missing. */
    private static Node requiredOrIncluded(List<Node> required) {
        return list(
                Node.Obj.empty().with("required", list(required)),
                Node.Obj.empty().with("required", list(text("$include"))));
    }

    private static Node.Obj include() {
        return anyOf(type("string"), type("array").with("items", type("string")));
    }

    private Node.Obj property(Field field) {
        Node.Obj schema = value(field.shape(), field);
        if (field.nullMeans().isPresent()) {
            schema = anyOf(schema, type("null"));
        }
        if (field.doc().isPresent()) {
            schema = schema.with("description", text(field.doc().get()));
        }
        if (field.retired().isPresent()) {
            schema =
                    schema.with("deprecated", bool(true))
                            .with("description", text(field.retired().get()));
        }
        return field.fallback().isPresent()
                ? schema.with("default", field.fallback().get())
                : schema;
    }

    private static Field plain(Shape shape) {
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

    private Node.Obj value(Shape shape, Field field) {
        return switch (shape) {
            case Shape.Scalar scalar -> scalar(scalar.kind(), field);
            case Shape.Time time ->
                    time.unit().isPresent()
                            ? bounded(type("number"), field)
                            : type("string")
                                    .with("pattern", text("^(\\d{1,12}\\s*(ms|s|m|h|d|w)\\s*)+$"));
            case Shape.Words words -> words(words);
            case Shape.Items items -> items(items, field);
            case Shape.Table table -> table(table, field);
            case Shape.Maybe maybe -> value(maybe.present(), field);
            case Shape.Fields fields -> reference(fields.of());
        };
    }

    private Node.Obj scalar(Shape.Kind kind, Field field) {
        return switch (kind) {
            case BOOLEAN -> type("boolean");
            case INT, LONG -> bounded(type("integer"), field);
            case DOUBLE -> bounded(type("number"), field);
            case TEXT -> string(field);
            case PATH, URI, ZONE -> type("string");
            case SECRET -> secret();
            case ANYTHING -> Node.Obj.empty();
        };
    }

    private static Node.Obj string(Field field) {
        if (field.pattern().isPresent()) {
            String pattern = "^(?:" + field.pattern().get().pattern().pattern() + ")$";
            return type("string").with("pattern", text(pattern + "|" + VARIABLE));
        }
        return field.nonEmpty() ? type("string").with("pattern", text("\\S")) : type("string");
    }

    private static Node.Obj bounded(Node.Obj schema, Field field) {
        long min = field.bounds().map(Field.Bounds::min).orElse(0L);
        long max = field.bounds().map(Field.Bounds::max).orElse(Long.MAX_VALUE);
        Node.Obj bounded = schema.with("minimum", number(min));
        return max == Long.MAX_VALUE ? bounded : bounded.with("maximum", number(max));
    }

    private Node.Obj secret() {
        String name = "Secret";
        if (!definitions.containsKey(name)) {
            Node.Obj properties =
                    Node.Obj.empty()
                            .with(
                                    "source",
                                    Node.Obj.empty()
                                            .with(
                                                    "enum",
                                                    list(text("env"), text("file"), text("exec"))))
                            .with("provider", type("string"))
                            .with("id", type("string"));
            definitions.put(
                    name,
                    anyOf(
                            type("string").with("pattern", text("\\S")),
                            type("object")
                                    .with("properties", properties)
                                    .with("required", list(text("source"), text("id")))
                                    .with("additionalProperties", bool(false))));
        }
        return Node.Obj.empty().with("$ref", text("#/$defs/" + name));
    }

    private static Node.Obj words(Shape.Words words) {
        List<Node> values = new ArrayList<>();
        for (String spelling : words.spellings()) {
            values.add(text(spelling));
            if (spelling.equals("true") || spelling.equals("false")) {
                values.add(bool(spelling.equals("true")));
            }
        }
        return anyOf(
                Node.Obj.empty().with("enum", list(values)),
                type("string").with("pattern", text(VARIABLE)));
    }

    private Node.Obj items(Shape.Items shape, Field field) {
        Node.Obj item = value(shape.item(), field);
        boolean texts =
                shape.item() instanceof Shape.Scalar scalar && scalar.kind() == Shape.Kind.TEXT;
        Node.Obj array = type("array").with("items", texts ? anyOf(item, type("integer")) : item);
        if (field.nonEmpty()) {
            array = array.with("minItems", number(1));
        }
        return shape.shellWords() ? anyOf(array, type("string")) : array;
    }

    private Node.Obj table(Shape.Table shape, Field field) {
        Node.Obj table = type("object").with("additionalProperties", value(shape.value(), field));
        if (shape.keys().isEmpty()) {
            return table;
        }
        String pattern = "^(?:" + shape.keys().get().pattern().pattern() + ")$|^\\$include$";
        Node.Obj keys = Node.Obj.empty().with("pattern", text(pattern));
        return table.with("propertyNames", keys)
                .with("properties", Node.Obj.empty().with("$include", include()));
    }

    private static Node.Obj anyOf(Node... choices) {
        return Node.Obj.empty().with("anyOf", list(choices));
    }

    private static Node.Obj type(String name) {
        return Node.Obj.empty().with("type", text(name));
    }

    private static Node.Arr list(Node... items) {
        return list(Stream.of(items).toList());
    }

    private static Node.Arr list(List<Node> items) {
        return new Node.Arr(items, Span.NOWHERE);
    }

    private static Node.Text text(String value) {
        return Node.Text.of(value);
    }

    private static Node.Bool bool(boolean value) {
        return new Node.Bool(value, Span.NOWHERE);
    }

    private static Node.Num number(long value) {
        return new Node.Num(BigDecimal.valueOf(value), Span.NOWHERE);
    }
}
