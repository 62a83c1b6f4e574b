package dev.chela.commands.codex;

import dev.chela.commands.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What followed a verb: words and options with a value.
 *
 * @param rest the arguments as typed, for verbs that take a message
 */
record Arguments(List<String> words, Map<String, String> options, String rest) {

    Arguments {
        words = List.copyOf(words);
        options = Map.copyOf(options);
    }

    /** Reads {@code text}; empty if anything about it is malformed, surplus or missing. */
    static Optional<Arguments> parse(String text, Subcommand.Syntax syntax) {
        if (syntax.message()) {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(new Arguments(List.of(text), Map.of(), text));
        }
        Optional<List<String>> tokens = Tokens.split(text);
        return tokens.isEmpty() ? Optional.empty() : read(tokens.get().iterator(), text, syntax);
    }

    private static Optional<Arguments> read(
            Iterator<String> tokens, String text, Subcommand.Syntax syntax) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        while (tokens.hasNext()) {
            String token = tokens.next();
            if (!token.startsWith("-")) {
                words.add(token);
                continue;
            }
            String option = syntax.options().get(token);
            if (option == null || !tokens.hasNext()) {
                return Optional.empty();
            }
            String value = tokens.next();
            if (value.startsWith("-") || options.put(option, value) != null) {
                return Optional.empty();
            }
        }
        return words.size() < syntax.wordsMin() || words.size() > syntax.wordsMax()
                ? Optional.empty()
                : Optional.of(new Arguments(words, options, text));
    }

    Optional<String> word(int at) {
        return at < words.size() ? Optional.of(words.get(at)) : Optional.empty();
    }

    /** The value of an option, however it was spelled. */
    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
