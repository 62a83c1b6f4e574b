package dev.chela.config.shape;

import dev.chela.config.json5.Node;
import java.util.Optional;

/**
 * One key of a record.
 *
 * @param component the index of the record component it fills
 * @param fallback the value of an absent key
 */
public record Field(
        String key,
        int component,
        Shape shape,
        Optional<Node> fallback,
        Optional<Bounds> bounds,
        Optional<Shape.Pattern> pattern,
        boolean nonEmpty,
        Optional<String> nullMeans,
        Optional<String> retired,
        Optional<String> doc) {

    /** Inclusive bounds in the unit of the key. */
    public record Bounds(long min, long max) {}

    /** The key with what an object around it puts before it. */
    Field prefixed(String prefix) {
        String name = prefix + Character.toUpperCase(key.charAt(0)) + key.substring(1);
        return new Field(
                name, component, shape, fallback, bounds, pattern, nonEmpty, nullMeans, retired,
                doc);
    }

    /** Whether the key must be there. */
    public boolean required() {
        return fallback.isEmpty()
                && switch (shape) {
                    case Shape.Maybe _, Shape.Items _, Shape.Table _ -> false;
                    case Shape.Fields fields -> fields.of().fields().anyMatch(Field::required);
                    case Shape.Scalar scalar -> scalar.kind() != Shape.Kind.BOOLEAN;
                    case Shape.Time _, Shape.Words _ -> true;
                };
    }
}
