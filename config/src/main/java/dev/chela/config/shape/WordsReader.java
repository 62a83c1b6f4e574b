package dev.chela.config.shape;

import dev.chela.config.meta.Spelled;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads how the constants of an enum are written. */
final class WordsReader {

    private WordsReader() {}

    static Shape.Words read(Class<?> type) {
        List<Shape.Word> words = new ArrayList<>();
        Object[] constants = type.getEnumConstants();
        for (Object constant : constants == null ? new Object[0] : constants) {
            words.add(new Shape.Word(constant, spellings(type, (Enum<?>) constant)));
        }
        return new Shape.Words(type, List.copyOf(words));
    }

    private static List<String> spellings(Class<?> type, Enum<?> constant) {
        try {
            Field field = type.getField(constant.name());
            Spelled spelled = field.getAnnotation(Spelled.class);
            return spelled == null
                    ? List.of(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    : List.of(spelled.value());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(constant + " is not a constant of " + type, e);
        }
    }
}
