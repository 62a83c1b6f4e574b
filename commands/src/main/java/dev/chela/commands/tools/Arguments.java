package dev.chela.commands.tools;

import dev.chela.harness.ToolCall;
import java.util.List;
import java.util.stream.Stream;

/** Reads a tool's arguments, which the model wrote and nobody checked. */
final class Arguments {

    private Arguments() {}

    /** A text, or the number or truth value written in its place; empty when there is none. */
    static String text(ToolCall call, String name) {
        Object value = call.arguments().get(name);
        return switch (value) {
            case String text -> text.strip();
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case null, default -> "";
        };
    }

    /** Texts under either name, alone or in a list. */
    static List<String> texts(ToolCall call, String name, String otherName) {
        return Stream.of(name, otherName)
                .map(call.arguments()::get)
                .flatMap(
                        value ->
                                switch (value) {
                                    case String text -> Stream.of(text);
                                    case List<?> many ->
                                            many.stream()
                                                    .filter(String.class::isInstance)
                                                    .map(String.class::cast);
                                    case null, default -> Stream.empty();
                                })
                .toList();
    }
}
