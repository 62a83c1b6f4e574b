package dev.chela.config.shape;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one record type.
 *
 * @param own keys that fill a component directly
 * @param flat records whose keys stand beside the own ones
 * @param rest the component that takes unknown keys
 * @param shorthand the key a bare value stands for
 */
public record RecordShape(
        Constructor<?> constructor,
        List<Field> own,
        List<Flattened> flat,
        Optional<Rest> rest,
        Optional<String> shorthand) {

    /** A component whose record has its keys here. */
    public record Flattened(int component, RecordShape shape) {}

    /** The component that takes what is not known. */
    public record Rest(int component, Shape value) {}

    /** All keys an object of this shape knows, flattened ones too. */
    public Stream<Field> fields() {
        return Stream.concat(own.stream(), flat.stream().flatMap(part -> part.shape().fields()));
    }

    public Optional<Field> field(String key) {
        return fields().filter(field -> field.key().equals(key)).findFirst();
    }

    /** The record that is filled. */
    public Class<?> type() {
        return constructor.getDeclaringClass();
    }

    /** The name of a component of {@link #type}. */
    public String componentName(int component) {
        return type().getRecordComponents()[component].getName();
    }

    public int size() {
        return constructor.getParameterCount();
    }

    /** Calls the canonical constructor. */
    public Object construct(@Nullable Object[] components) {
        try {
            return constructor.newInstance(components);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot make a " + constructor.getName(), e);
        }
    }

    RecordShape prefixed(String prefix) {
        List<Field> fields = new ArrayList<>();
        own.forEach(field -> fields.add(field.prefixed(prefix)));
        return new RecordShape(constructor, fields, flat, rest, shorthand);
    }
}
