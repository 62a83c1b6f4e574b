package dev.chela.config.shape;

import dev.chela.config.SecretInput;
import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Node;
import dev.chela.config.meta.Default;
import dev.chela.config.meta.Doc;
import dev.chela.config.meta.Flat;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.KeyMatches;
import dev.chela.config.meta.Matches;
import dev.chela.config.meta.NonEmpty;
import dev.chela.config.meta.NullMeans;
import dev.chela.config.meta.Prefixed;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Rest;
import dev.chela.config.meta.Retired;
import dev.chela.config.meta.ShellWords;
import dev.chela.config.meta.Shorthand;
import dev.chela.config.meta.Unit;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the shapes of records; each record type once. */
public final class Shapes {

    private static final Map<Class<?>, Shape.Kind> KINDS =
            Map.ofEntries(
                    Map.entry(boolean.class, Shape.Kind.BOOLEAN),
                    Map.entry(Boolean.class, Shape.Kind.BOOLEAN),
                    Map.entry(int.class, Shape.Kind.INT),
                    Map.entry(Integer.class, Shape.Kind.INT),
                    Map.entry(long.class, Shape.Kind.LONG),
                    Map.entry(Long.class, Shape.Kind.LONG),
                    Map.entry(double.class, Shape.Kind.DOUBLE),
                    Map.entry(String.class, Shape.Kind.TEXT),
                    Map.entry(Path.class, Shape.Kind.PATH),
                    Map.entry(URI.class, Shape.Kind.URI),
                    Map.entry(ZoneId.class, Shape.Kind.ZONE),
                    Map.entry(SecretInput.class, Shape.Kind.SECRET),
                    Map.entry(Object.class, Shape.Kind.ANYTHING));

    private final Map<Class<?>, RecordShape> known = new HashMap<>();

    /** The shape of a record type. */
    public synchronized RecordShape of(Class<?> type) {
        RecordShape found = known.get(type);
        if (found == null) {
            found = read(type);
            known.put(type, found);
        }
        return found;
    }

    private RecordShape read(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<Field> own = new ArrayList<>();
        List<RecordShape.Flattened> flat = new ArrayList<>();
        Optional<RecordShape.Rest> rest = Optional.empty();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Prefixed prefix = component.getType().getAnnotation(Prefixed.class);
            if (component.isAnnotationPresent(Flat.class)) {
                flat.add(new RecordShape.Flattened(i, of(component.getType())));
            } else if (prefix != null) {
                RecordShape shape = of(component.getType()).prefixed(prefix.value());
                flat.add(new RecordShape.Flattened(i, shape));
            } else if (component.isAnnotationPresent(Rest.class)) {
                Shape.Table table = (Shape.Table) shape(component, component.getGenericType());
                rest = Optional.of(new RecordShape.Rest(i, table.value()));
            } else {
                own.add(field(component, i));
            }
        }
        Shorthand shorthand = type.getAnnotation(Shorthand.class);
        return new RecordShape(
                constructorOf(type, components),
                List.copyOf(own),
                List.copyOf(flat),
                rest,
                Optional.ofNullable(shorthand).map(Shorthand::value));
    }

    private static java.lang.reflect.Constructor<?> constructorOf(
            Class<?> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }

    private Field field(RecordComponent component, int index) {
        return new Field(
                keyOf(component),
                index,
                shape(component, component.getGenericType()),
                mark(component, Default.class, Default::value).map(Shapes::parseDefault),
                mark(component, Range.class, range -> new Field.Bounds(range.min(), range.max())),
                mark(component, Matches.class, m -> pattern(m.value(), m.expected())),
                component.isAnnotationPresent(NonEmpty.class),
                mark(component, NullMeans.class, NullMeans::value),
                mark(component, Retired.class, Retired::value),
                mark(component, Doc.class, Doc::value));
    }

    private static Node parseDefault(String text) {
        return Json5.parse(text, "default");
    }

    private static String keyOf(RecordComponent component) {
        return mark(component, Key.class, Key::value).orElse(component.getName());
    }

    private static <A extends java.lang.annotation.Annotation, T> Optional<T> mark(
            RecordComponent component, Class<A> type, Function<A, T> value) {
        return Optional.ofNullable(component.getAnnotation(type)).map(value);
    }

    private static Shape.Pattern pattern(String regex, String expected) {
        return new Shape.Pattern(java.util.regex.Pattern.compile(regex), expected);
    }

    private Shape shape(RecordComponent component, Type type) {
        if (type instanceof ParameterizedType generic) {
            return container(component, generic);
        }
        Class<?> plain = (Class<?>) type;
        Shape.Kind kind = KINDS.get(plain);
        if (kind != null) {
            return new Shape.Scalar(kind);
        }
        if (plain.equals(Duration.class)) {
            return new Shape.Time(unitOf(component));
        }
        if (plain.isEnum()) {
            return WordsReader.read(plain);
        }
        if (plain.isRecord()) {
            return new Shape.Fields(of(plain));
        }
        throw new IllegalStateException(component + " has a type no config can have");
    }

    private Shape container(RecordComponent component, ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw.equals(Optional.class)) {
            return new Shape.Maybe(shape(component, arguments[0]));
        }
        if (raw.equals(List.class)) {
            boolean shellWords = component.isAnnotationPresent(ShellWords.class);
            return new Shape.Items(shape(component, arguments[0]), shellWords);
        }
        if (raw.equals(Map.class)) {
            Optional<Shape.Pattern> keys =
                    mark(component, KeyMatches.class, m -> pattern(m.value(), m.expected()));
            return new Shape.Table(shape(component, arguments[1]), keys);
        }
        throw new IllegalStateException(component + " has a container no config can have");
    }

    private static Optional<ChronoUnit> unitOf(RecordComponent component) {
        Unit unit = component.getAnnotation(Unit.class);
        if (unit != null) {
            return Optional.of(unit.value());
        }
        String key = keyOf(component);
        if (key.endsWith("Ms") || key.contains("MsBy")) {
            return Optional.of(ChronoUnit.MILLIS);
        }
        if (key.endsWith("Seconds") || key.endsWith("Sec")) {
            return Optional.of(ChronoUnit.SECONDS);
        }
        if (key.endsWith("Minutes")) {
            return Optional.of(ChronoUnit.MINUTES);
        }
        if (key.endsWith("Hours")) {
            return Optional.of(ChronoUnit.HOURS);
        }
        return key.endsWith("Days") ? Optional.of(ChronoUnit.DAYS) : Optional.empty();
    }
}
