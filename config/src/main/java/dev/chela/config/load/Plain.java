package dev.chela.config.load;

import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns free-form values into plain Java ones; {@code null}s are left out. */
final class Plain {

    private Plain() {}

    static @Nullable Object of(Node node) {
        return switch (node) {
            case Node.Obj object -> map(object);
            case Node.Arr array -> list(array);
            case Node.Text text -> text.value();
            case Node.Num number -> number(number.value());
            case Node.Bool bool -> bool.value();
            case Node.Null _ -> null;
        };
    }

    private static Map<String, Object> map(Node.Obj object) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Member member : object.members()) {
            Object value = of(member.value());
            if (value != null) {
                map.put(member.key(), value);
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private static List<Object> list(Node.Arr array) {
        Stream<@Nullable Object> values = array.items().stream().map(Plain::of);
        return values.filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    }

    private static Object number(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0 && value.abs().compareTo(LONG_MAX) <= 0
                ? (Object) value.longValue()
                : (Object) value.doubleValue();
    }

    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
}
