package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Fills records with something in every component, and finds components with nothing in them. */
final class RecordSamples {

    private RecordSamples() {}

    static Object of(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Type last =
                    generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == List.class ? List.of(of(last)) : Map.of("key", of(last));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return "x";
        } else if (plain == boolean.class || plain == Boolean.class) {
            return true;
        } else if (plain == int.class || plain == Integer.class) {
            return 7;
        } else if (plain == long.class || plain == Long.class) {
            return 7L;
        } else if (JsonNode.class.isAssignableFrom(plain)) {
            return JsonNodeFactory.instance.objectNode();
        } else if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        } else if (plain == ApprovalPolicy.class) {
            return ApprovalPolicy.NEVER;
        } else if (plain == CollaborationMode.class) {
            return new CollaborationMode(
                    "plan", new CollaborationMode.Settings("gpt-5.5", null, "text"));
        } else if (plain == TurnOptions.Context.class) {
            return new TurnOptions.Context("text", "application");
        } else if (plain.isSealed()) {
            return of(plain.getPermittedSubclasses()[0]);
        }
        return filled(plain);
    }

    static Object filled(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = new ArrayList<Object>();
        for (RecordComponent component : components) {
            values.add(of(component.getGenericType()));
        }
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values.toArray());
    }

    /** Paths of components that are absent, empty or zero: names the wire does not have. */
    static List<String> empties(String path, Object value) throws ReflectiveOperationException {
        var found = new ArrayList<String>();
        if (value == null || value.equals(0) || value.equals(0L) || value.equals(false)) {
            found.add(path);
        } else if (value instanceof List<?> list) {
            if (list.isEmpty()) {
                found.add(path);
            } else {
                found.addAll(empties(path + "[]", list.getFirst()));
            }
        } else if (value instanceof Map<?, ?> map && map.isEmpty()) {
            found.add(path);
        } else if (value.getClass().isRecord() && value.getClass().getPackage() == here()) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                found.addAll(
                        empties(
                                path + "." + component.getName(),
                                component.getAccessor().invoke(value)));
            }
        }
        return found;
    }

    private static Package here() {
        return RecordSamples.class.getPackage();
    }
}
