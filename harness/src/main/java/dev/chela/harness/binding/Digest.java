package dev.chela.harness.binding;

import dev.chela.harness.tools.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The {@code sha256:} digest of a piece of config, the same in whatever order its keys stand. */
final class Digest {

    private Digest() {}

    static String of(Object value) {
        return Fingerprint.of(List.of(text(value)));
    }

    private static String text(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((key, one) -> sorted.put(String.valueOf(key), text(one)));
                yield sorted.entrySet().stream()
                        .map(
                                one ->
                                        one.getKey().length()
                                                + ":"
                                                + one.getKey()
                                                + "="
                                                + one.getValue())
                        .collect(Collectors.joining(",", "{", "}"));
            }
            case List<?> list ->
                    list.stream().map(Digest::text).collect(Collectors.joining(",", "[", "]"));
            default -> value.toString().length() + ":" + value;
        };
    }
}
