package dev.chela.config.edit;

import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import dev.chela.config.secret.Redaction;
import dev.chela.config.shape.Field;
import dev.chela.config.shape.RecordShape;
import dev.chela.config.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts stars in the place of secrets: where the shape says secret, and wherever a key sounds like
 * one or a text looks like one. A variable's placeholder is no secret and stays.
 */
record SecretMask(RecordShape root) {

    Node.Obj apply(Node.Obj tree) {
        return record(tree, root);
    }

    private static Node.Obj record(Node.Obj object, RecordShape shape) {
        List<Member> members = new ArrayList<>();
        for (Member member : object.members()) {
            Optional<Shape> known =
                    shape.field(member.key())
                            .map(Field::shape)
                            .or(() -> shape.rest().map(RecordShape.Rest::value));
            members.add(masked(member, known));
        }
        return new Node.Obj(members, object.span());
    }

    private static Member masked(Member member, Optional<Shape> shape) {
        Node value =
                isText(shape) && Redaction.isSecretKey(member.key())
                        ? star(member.value())
                        : shape.map(known -> value(member.value(), known)).orElse(member.value());
        return new Member(member.key(), member.keySpan(), value);
    }

    private static boolean isText(Optional<Shape> shape) {
        return shape.isEmpty()
                || shape.get() instanceof Shape.Scalar scalar
                        && (scalar.kind() == Shape.Kind.TEXT
                                || scalar.kind() == Shape.Kind.ANYTHING);
    }

    private static Node value(Node node, Shape shape) {
        return switch (shape) {
            case Shape.Scalar scalar ->
                    switch (scalar.kind()) {
                        case SECRET -> star(node);
                        case ANYTHING -> anything(node);
                        case TEXT, URI -> withoutCredentials(node);
                        case BOOLEAN, INT, LONG, DOUBLE, PATH, ZONE -> node;
                    };
            case Shape.Maybe maybe -> value(node, maybe.present());
            case Shape.Fields fields ->
                    node instanceof Node.Obj object ? record(object, fields.of()) : node;
            case Shape.Table table -> table(node, table);
            case Shape.Items items -> list(node, items);
            case Shape.Time _, Shape.Words _ -> node;
        };
    }

    private static Node table(Node node, Shape.Table shape) {
        if (!(node instanceof Node.Obj object)) {
            return node;
        }
        List<Member> members =
                object.members().stream()
                        .map(member -> masked(member, Optional.of(shape.value())))
                        .toList();
        return new Node.Obj(members, object.span());
    }

    private static Node list(Node node, Shape.Items shape) {
        return node instanceof Node.Arr array
                ? new Node.Arr(
                        array.items().stream().map(item -> value(item, shape.item())).toList(),
                        array.span())
                : node;
    }

    private static Node anything(Node node) {
        return switch (node) {
            case Node.Obj object ->
                    new Node.Obj(
                            object.members().stream()
                                    .map(member -> masked(member, ANYTHING))
                                    .toList(),
                            object.span());
            case Node.Arr array ->
                    new Node.Arr(
                            array.items().stream().map(SecretMask::anything).toList(),
                            array.span());
            case Node.Text _ -> withoutCredentials(node);
            case Node.Num _, Node.Bool _, Node.Null _ -> node;
        };
    }

    private static final Optional<Shape> ANYTHING =
            Optional.of(new Shape.Scalar(Shape.Kind.ANYTHING));

    private static Node withoutCredentials(Node node) {
        return node instanceof Node.Text text
                ? new Node.Text(
                        Redaction.withoutCredentials(text.value()), text.substituted(), text.span())
                : node;
    }

    private static Node star(Node node) {
        return switch (node) {
            case Node.Text text when text.value().matches("\\$\\{[A-Z_][A-Z0-9_]*}") -> text;
            case Node.Text text -> new Node.Text(Redaction.MASK, false, text.span());
            case Node.Num number -> new Node.Text(Redaction.MASK, false, number.span());
            case Node.Obj object when object.get("source").isPresent() -> object;
            case Node.Obj object -> anything(object);
            case Node.Arr _, Node.Bool _, Node.Null _ -> node;
        };
    }
}
